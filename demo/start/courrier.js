// The list alone is renewed, so that whoever reads keeps their place on the page; when nothing is new, nothing moves.
const EVERY_MS = 2000;
let shown;

async function renew() {
  if (document.hidden) return;
  const response = await fetch(location.pathname).catch(() => undefined);
  if (!response?.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const list = page.querySelector('#mails');
  if (list.innerHTML === shown) return;
  const first = shown === undefined;
  shown = list.innerHTML;
  if (!first) document.querySelector('#mails').replaceChildren(...list.childNodes);
}

setInterval(renew, EVERY_MS);
