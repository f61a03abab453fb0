// Buttons that copy the citation beside them; without this script they stay hidden.
"use strict";
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const words = button.firstChild.data;
    await navigator.clipboard.writeText(button.parentElement.querySelector(".citation").textContent);
    button.firstChild.data = button.dataset.copy;
    setTimeout(() => { button.firstChild.data = words; }, 2000);
  });
}
