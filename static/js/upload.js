// Sends files one after another with their progress. Without this file the button "Tải lên" sends them together.
(() => {
  const form = document.querySelector("form[data-upload]"), input = form?.querySelector("#tep-moi[type=file]");
  if (!input) return;
  input.closest(".panel").querySelector("[name=_upload]").hidden = true; // a chosen file is on its way already
  const list = form.querySelector("[data-files]"), errors = form.querySelector("[data-errors]"), most = 20 * 1024 ** 2;
  const words = (key, name) => form.dataset[key].replace("{name}", name);
  const wrong = (sentence) => {
    const line = document.createElement("div");
    line.textContent = sentence;
    errors.lastElementChild.append(line);
    errors.hidden = false;
    errors.closest(".field").classList.add("field--bad");
  };
  const send = (file) => new Promise((done) => {
    const row = document.createElement("li"), name = document.createElement("b"), bar = document.createElement("progress");
    name.textContent = file.name; bar.max = 100; bar.value = 0; bar.setAttribute("aria-label", words("progress", file.name));
    row.append(document.createElement("span"), name, bar); list.append(row);
    const request = new XMLHttpRequest(), body = new FormData();
    for (const key of ["csrfmiddlewaretoken", "purpose"]) body.append(key, form.elements[key].value);
    body.append("autosave", "1"); body.append("files", file);
    request.upload.onprogress = (event) => { bar.value = 100 * event.loaded / event.total; };
    request.onloadend = () => {
      row.remove();
      try {
        const told = JSON.parse(request.responseText);
        for (const html of told.items ?? []) list.insertAdjacentHTML("beforeend", html);
        for (const sentence of told.errors ?? [told.error]) wrong(sentence);
      } catch { wrong(words("broken", file.name)); }
      done();
    };
    request.open("POST", location.pathname); request.send(body);
  });
  const drop = input.closest(".drop");
  drop.addEventListener("dragover", (event) => event.preventDefault());
  drop.addEventListener("drop", (event) => {
    if (event.target === input) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change"));
  });
  input.addEventListener("change", async () => {
    errors.hidden = true; errors.lastElementChild.replaceChildren();
    for (const file of [...input.files]) file.size > most ? wrong(words("heavy", file.name)) : await send(file);
    input.value = "";
  });
  if (input.files.length) input.dispatchEvent(new Event("change")); // chosen while this file was still on its way
})();
