// The QR of a certificate leads here with its proof behind the "#", which no server is sent: go on to the page that checks it.
// Without this file the number on the paper is typed in.
const goOn = () => {
  if (location.hash.length > 100) location.replace(document.querySelector("[data-offline]").href + location.hash);
};
addEventListener("hashchange", goOn); // the page may be open when another code is read
goOn();
