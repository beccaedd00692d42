// Finds while one types, among hundreds of choices. Without this file the button "Tìm" does it.
for (const box of document.querySelectorAll("[data-chooser]")) {
  const name = box.dataset.chooser, query = box.querySelector("[type=search]");
  const chosen = box.querySelector(".chooser__chosen"), found = box.querySelector(".chooser__found");
  let timer, asked = 0;
  const find = async () => {
    const mine = ++asked, address = new URLSearchParams([["fragment", name], [`${name}-q`, query.value]]);
    for (const tick of box.querySelectorAll(":checked")) address.append(name, tick.value);
    try {
      const answer = await fetch(`${location.pathname}?${address}`, { redirect: "error" });
      if (answer.ok && mine === asked) found.innerHTML = await answer.text();
    } catch { /* the button is still there */ }
  };
  query.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(find, 250); });
  query.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); find(); } });
  box.querySelector("button[name=_find]").addEventListener("click", (event) => { event.preventDefault(); find(); });
  found.addEventListener("change", (event) => {
    const label = event.target.closest("label");
    if (label && event.target.checked) { chosen.append(label); event.target.focus(); }
  });
}
