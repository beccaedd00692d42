// Text size and theme without a page load, in the cookie that the server reads. Without this file the form posts.
(() => {
  const root = document.documentElement;
  const show = (key, value) => {
    if (value) root.dataset[key] = value; else delete root.dataset[key];
    for (const button of document.querySelectorAll(`.display [name="${key}"]`)) button.setAttribute("aria-pressed", String(button.value === value));
  };
  for (const form of document.querySelectorAll(".display")) {
    form.addEventListener("submit", (event) => {
      const { name, value } = event.submitter ?? {};
      if (name !== "text" && name !== "theme") return;
      event.preventDefault();
      show(name, name === "theme" && root.dataset.theme === value ? "" : value);
      const { theme = "", text = "" } = root.dataset;
      document.cookie = `look=${theme}.${text}; path=/; max-age=${theme || text ? 31536000 : 0}; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
    });
  }
})();
