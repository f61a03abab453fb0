// Suggestions below the search box while words are typed: an ARIA combobox. Without this script the box is a plain field.
"use strict";
{
  const PAUSE = 150; // ms without a key before the site is asked
  const SHORTEST = 2; // letters

  const box = document.getElementById("q");
  const list = Object.assign(document.createElement("ul"), { id: "suggestions", className: "suggestions", hidden: true });
  const status = Object.assign(document.createElement("span"), { className: "unseen" });
  const kinds = box ? JSON.parse(box.dataset.kinds) : {}; // by kind of suggestion, its word
  let active = -1;
  let timer;
  let asked = new AbortController();

  function begin() {
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.dataset.list);
    status.setAttribute("role", "status");
    box.after(list, status);
    set(box, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id });
    box.addEventListener("input", wait);
    box.addEventListener("keydown", press);
    box.addEventListener("blur", close);
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    list.addEventListener("click", (event) => search(event.target.closest("[role=option]")));
  }

  function set(node, attributes) {
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  }

  function wait() {
    stop();
    if (box.value.trim().length < SHORTEST) close();
    else timer = setTimeout(ask, PAUSE);
  }

  function stop() {
    clearTimeout(timer);
    asked.abort();
  }

  async function ask() {
    asked = new AbortController();
    const { signal } = asked;
    let found = [];
    try {
      const answer = await fetch(`${box.dataset.suggest}?${new URLSearchParams({ q: box.value })}`, { signal });
      if (answer.ok) found = (await answer.json()).suggestions;
    } catch {
      // No answer is no suggestion: the search itself still works
    }
    if (!signal.aborted) show(found);
  }

  function show(suggestions) {
    if (!suggestions.length) return close();
    list.replaceChildren(...suggestions.map(option));
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    activate(-1);
    const words = suggestions.length > 1 ? box.dataset.many : box.dataset.one;
    status.textContent = words.replace("#", suggestions.length);
  }

  function option({ text, kind }, rank) {
    const item = Object.assign(document.createElement("li"), { id: `suggestion-${rank}` });
    const words = Object.assign(document.createElement("span"), { className: "words", textContent: text });
    item.append(words, " ", Object.assign(document.createElement("span"), { className: "kind", textContent: kinds[kind] ?? kind }));
    item.dataset.text = text;
    set(item, { role: "option", "aria-selected": "false" });
    return item;
  }

  function close() {
    stop();
    list.hidden = true;
    status.textContent = "";
    box.setAttribute("aria-expanded", "false");
    activate(-1);
  }

  // `rank` counts from 0; -1 is the box itself
  function activate(rank) {
    active = rank;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === rank)));
    if (rank < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", list.children[rank].id);
  }

  function press(event) {
    if (event.isComposing || list.hidden) return;
    const places = list.children.length + 1;
    const chosen = list.children[active];
    if (event.key === "ArrowDown") activate(((active + 2) % places) - 1);
    else if (event.key === "ArrowUp") activate(((active + places) % places) - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen) search(chosen);
    else {
      if (event.key === "Tab" && chosen) box.value = chosen.dataset.text;
      return;
    }
    event.preventDefault();
  }

  function search(chosen) {
    if (!chosen) return;
    box.value = chosen.dataset.text;
    close();
    box.form.requestSubmit();
  }

  if (box) begin();
}
