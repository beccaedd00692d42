// Saves a step as it is written; keeps it in this tab while the line is broken.
(() => {
  const form = document.querySelector("form[data-autosave]"), line = document.querySelector("[data-saved]");
  if (!form) return;
  const here = location.pathname, seen = form.elements.seen, store = sessionStorage;
  let timer, dirty, busy, stopped, gone, sent;
  const typed = () => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (name[0] === "_" || value instanceof File) data.delete(name);
    return data;
  };
  const text = () => JSON.stringify([...typed()].filter(([name]) => name !== "csrfmiddlewaretoken"));
  const words = (json) => json.replace(/\["seen","\d*"\]|\["[^"]*",""\]/g, "").replace(/[^\p{L}\p{N}]/gu, "");
  const say = (sentence, broken) => { line.lastElementChild.textContent = sentence; line.classList.toggle("is-broken", !!broken); };
  const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };
  const save = async (leaving) => {
    if (busy || !dirty || stopped) return;
    const body = typed();
    body.append("autosave", "1");
    store[here] = text();
    busy = true; dirty = false;
    try {
      const answer = await fetch(here, { method: "POST", body, redirect: "error", keepalive: leaving === true, signal: AbortSignal.timeout(15000) });
      const told = await answer.json();
      if (answer.status >= 500) throw told;
      if (answer.ok) {
        seen.value = told.version;
        if (!dirty && !gone) store.removeItem(here);
        say(line.dataset.line.replace("{time}", told.saved_at.slice(11, 16)));
      } else { stopped = true; say(told.error, true); }
    } catch {
      dirty = true;
      say(line.dataset.broken, true);
    } finally { busy = false; }
    if (sent !== undefined) form.requestSubmit(sent);
    else if (dirty) later(8000);
  };
  const touch = () => { dirty = true; later(1500); };
  const restore = (values) => {
    for (const field of form.elements) {
      if (!field.name || /^(_|csrf)/.test(field.name) || field.type === "file") continue;
      const given = values.filter(([name]) => name === field.name).map(([, value]) => value);
      if (/checkbox|radio/.test(field.type)) field.checked = given.includes(field.value);
      else if (given.length) field.value = given[0];
    }
  };
  const [, kept] = document.cookie.match(/(?:^|; )kept=([^;]*)/) ?? [];
  if (kept) { store.removeItem(decodeURIComponent(kept)); document.cookie = "kept=; path=/; max-age=0"; }
  const old = store[here];
  if (old && (document.querySelector("main [role=alert]") || words(old) === words(text()))) store.removeItem(here);
  else if (old) { restore(JSON.parse(old)); say(line.dataset.restored); touch(); }
  form.addEventListener("input", touch);
  form.addEventListener("submit", (event) => {
    stopped = true; store[here] = text();
    if (busy) { event.preventDefault(); sent = event.submitter; }
  });
  addEventListener("online", save);
  addEventListener("pagehide", () => { gone = true; if (dirty) store[here] = text(); save(true); });
})();
