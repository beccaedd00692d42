// How far a long job is: the part of the page marked data-progress is fetched again until it is no longer there; then the page is.
const every = 4000;

async function look() {
  const shown = document.querySelector("[data-progress]");
  if (!shown) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-progress]");
    if (!fresh) return location.reload();
    if (fresh.innerHTML !== shown.innerHTML) shown.innerHTML = fresh.innerHTML;
  } catch {
    // the line is down: try again later
  }
  setTimeout(look, every);
}

setTimeout(look, every);
