// Suggestions under a search box: a WAI-ARIA combobox with a list of links. Without this file the box is a plain form.
for (const form of document.querySelectorAll("[data-suggest]")) {
  const { suggest, icons, name, count, none, all } = form.dataset;
  const box = form.querySelector("[name=q]"), id = `${box.id}-goi-y`;
  const list = document.createElement("div"), said = document.createElement("p");
  let timer, asking, at = -1, options = [], composing = false;

  const make = (tag, facts, ...inside) => {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(facts)) node.setAttribute(key, value);
    node.append(...inside);
    return node;
  };
  const icon = (symbol) => {
    const space = "http://www.w3.org/2000/svg", svg = document.createElementNS(space, "svg"), use = document.createElementNS(space, "use");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", `${icons}#${symbol}`);
    svg.append(use);
    return svg;
  };
  const say = (sentence) => { said.textContent = sentence; };
  const isOpen = () => !list.hidden;
  const close = () => {
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  const stop = () => { clearTimeout(timer); asking?.abort(); };
  const mark = (place) => {
    options[at]?.classList.remove("is-at");
    options[at]?.setAttribute("aria-selected", "false");
    at = place;
    const option = options[at];
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.classList.add("is-at");
    option.setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };

  const option = (address, symbol, words, aside) => {
    const link = make("a", { role: "option", id: `${id}-${options.length}`, href: address, tabindex: "-1", "aria-selected": "false" }, icon(symbol), words);
    if (aside) link.append(make("small", { class: "num" }, aside));
    options.push(link);
    return link;
  };
  const marked = (found) => {
    const words = make("span", found.lang === document.documentElement.lang ? {} : { lang: found.lang });
    words.innerHTML = found.title_marked; // escaped by the server; only <mark> is markup
    return words;
  };
  const everything = (text) => {
    const asked = new URLSearchParams(new FormData(form));
    asked.set("q", text);
    return option(`${form.action}?${asked}`, "search", make("span", {}, all.replace("{text}", () => text)));
  };
  const show = (text, groups) => {
    close();
    options = [];
    const parts = groups.map((group, number) => make("div", { role: "group", "aria-labelledby": `${id}-g${number}` },
      make("h2", { role: "presentation", id: `${id}-g${number}` }, group.label),
      ...group.suggestions.map((found) => option(found.url, group.icon, marked(found), found.number))));
    const found = options.length;
    say(found ? count.replace("{n}", found) : none);
    if (!found) return;
    list.replaceChildren(...parts, everything(text));
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
  };
  const ask = async () => {
    stop();
    const text = box.value.trim();
    if ([...text].length < 2) return close();
    const mine = asking = new AbortController();
    try {
      const answer = await fetch(`${suggest}&q=${encodeURIComponent(text)}`, { signal: mine.signal });
      const told = answer.ok ? await answer.json() : { groups: [] };
      if (mine === asking && document.activeElement === box) show(text, told.groups);
    } catch { if (!mine.signal.aborted) close(); } // the button is still there
  };
  const later = () => { stop(); timer = setTimeout(ask, 180); };

  const keys = {
    ArrowDown: () => isOpen() ? mark(at + 1 < options.length ? at + 1 : -1) : ask(),
    ArrowUp: () => isOpen() ? mark(at < 0 ? options.length - 1 : at - 1) : ask(),
    Home: () => at >= 0 && mark(0),
    End: () => at >= 0 && mark(options.length - 1),
    Escape: () => isOpen() && close(),
    Enter: () => isOpen() && at >= 0 && options[at].click(),
  };
  box.addEventListener("keydown", (event) => {
    // While an input method composes (Telex, VNI), every key is its own.
    if (composing || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Tab" || event.key === "Enter") stop();
    if (event.key in keys && keys[event.key]() !== false) event.preventDefault();
    if (event.key === "Tab") close();
  });
  box.addEventListener("compositionstart", () => { composing = true; stop(); });
  box.addEventListener("compositionend", () => { composing = false; later(); });
  box.addEventListener("input", (event) => { if (!composing && !event.isComposing) later(); });
  form.addEventListener("submit", stop);
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) { stop(); close(); } });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus

  Object.assign(list, { className: "suggest", id, hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", name);
  said.className = "u-hide";
  said.setAttribute("role", "status");
  for (const [key, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list" })) box.setAttribute(key, value);
  form.append(list, said);
}
