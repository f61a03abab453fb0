// From one marked word to the next, by buttons, and by the keys "n" and "p" while one of them or a word has the focus. Without this
// script the links of the pages lead there.
"use strict";
const bar = document.querySelector("[data-hits]");
const marks = [...document.querySelectorAll(".text mark")];
if (bar && marks.length) {
  const told = bar.querySelector("[data-told]");
  let at = -1;
  const go = (step) => {
    at = (at + step + marks.length) % marks.length;
    for (const mark of marks) mark.classList.remove("current");
    marks[at].classList.add("current");
    marks[at].tabIndex = -1;
    marks[at].focus({ preventScroll: true });
    marks[at].scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    told.textContent = `${at + 1} / ${marks.length}`;
  };
  told.textContent = `${marks.length}`;
  bar.hidden = false;
  bar.querySelector("[data-next]").addEventListener("click", () => go(1));
  bar.querySelector("[data-previous]").addEventListener("click", () => go(at < 0 ? 0 : -1));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !event.target.closest("[data-hits], .text mark")) return;
    if (event.key === "n") go(1);
    if (event.key === "p") go(at < 0 ? 0 : -1);
  });
}
