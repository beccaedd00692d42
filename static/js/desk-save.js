/* An editor's button waits for the save that is on its way. Wagtail saves a page by itself while it is being written. A button
   pressed before the answer is there would make a new page a second time (refused: its address is taken), and a save that
   arrives late would take back what was just published. */
(() => {
  let saving = false;
  let waiting = null; // what the button says, once it has been pressed

  const send = () => {
    const { form, name, value } = waiting;
    const said = document.createElement("input"); // the button itself is disabled by now and would not be sent
    Object.assign(said, { type: "hidden", name, value });
    form.append(said);
    form.requestSubmit();
    said.remove();
  };

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-edit-form]") || waiting) return;
    waiting = { form: event.target, name: event.submitter?.name ?? "", value: event.submitter?.value ?? "" };
    if (saving) event.preventDefault();
  }, true);

  document.addEventListener("w-autosave:save", (event) => {
    if (waiting) event.preventDefault(); // the button saves everything
    else saving = true;
  });

  for (const end of ["success", "error"]) {
    document.addEventListener(`w-autosave:${end}`, () => {
      if (saving && waiting) send();
      saving = false;
    });
  }
})();
