// Passkeys: a form with data-passkey="create" or "get" opens the browser's own dialogue and posts its answer.
// What to ask stands in data-options, or is fetched from the form's address. Without this file the forms stay hidden.
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const listed = (keys = []) => keys.map((key) => ({ ...key, id: bytes(key.id) }));

  const asked = ({ publicKey }) => ({
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    ...(publicKey.user && { user: { ...publicKey.user, id: bytes(publicKey.user.id) } }),
    ...(publicKey.excludeCredentials && { excludeCredentials: listed(publicKey.excludeCredentials) }),
    ...(publicKey.allowCredentials && { allowCredentials: listed(publicKey.allowCredentials) }),
  });

  const answered = ({ id, rawId, type, response }) => {
    const told = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (response[name]) told[name] = text(response[name]);
    }
    return JSON.stringify({ id, rawId: text(rawId), type, response: told, clientExtensionResults: {} });
  };

  const options = async (form) => {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  const say = (form, name) => {
    for (const part of form.querySelectorAll("[data-failed]")) part.hidden = part.dataset.failed !== name;
  };

  for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-passkey]") : []) {
    form.hidden = false;
    for (const instead of document.querySelectorAll("[data-no-passkey]")) instead.hidden = true;
    const button = form.querySelector("button:not([type])");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (button.getAttribute("aria-busy") === "true") return;
      button.setAttribute("aria-busy", "true");
      say(form, "");
      try {
        const publicKey = asked(await options(form));
        const field = document.createElement("input");
        Object.assign(field, { type: "hidden", name: "credential", value: answered(await navigator.credentials[form.dataset.passkey]({ publicKey })) });
        form.append(field);
        form.submit();
      } catch (failure) {
        button.removeAttribute("aria-busy");
        say(form, failure.name === "InvalidStateError" ? "known" : "stopped");
      }
    });
  }
})();
