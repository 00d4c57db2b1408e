/** For the one case where no element is there to speak: its code could not be fetched. */
const WORDS = {
  fr: { text: 'Cette partie de la page n’a pas pu être chargée. Le reste de la page fonctionne.', retry: 'Réessayer' },
  en: { text: 'This part of the page could not be loaded. The rest of the page works.', retry: 'Try again' },
};

/**
 * Says in an element, or in the place that asked for it, that it could not be loaded, with a way to try again.
 * What the page itself wrote inside stays: it knows better what to say.
 * @returns a function that takes the words back
 */
export function showFailure(where: Element, retry: () => void): () => void {
  if (where.textContent?.trim() || where.childElementCount > 0) return () => undefined;
  const language = where.closest('[lang]')?.getAttribute('lang') ?? '';
  const words = language.startsWith('en') ? WORDS.en : WORDS.fr;
  const notice = document.createElement('p');
  const button = document.createElement('button');
  notice.setAttribute('role', 'alert');
  // The anti-flash sheet hides what an element contains while it may still come.
  notice.style.animation = 'none';
  button.type = 'button';
  button.textContent = words.retry;
  button.addEventListener('click', () => {
    notice.remove();
    retry();
  });
  notice.append(`${words.text} `, button);
  where.append(notice);
  return () => notice.remove();
}
