// The pages are written in French, with the English text beside it in data-en (data-en-label for aria-label).
// The elements of the kit follow <html lang> by themselves.
const STORED = 'language';
const originals = new Map();

function show(language) {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll('[data-en]')) {
    if (!originals.has(element)) originals.set(element, element.textContent);
    element.textContent = language === 'en' ? element.dataset.en : originals.get(element);
  }
  for (const element of document.querySelectorAll('[data-en-label]')) {
    element.dataset.frLabel ??= element.getAttribute('aria-label');
    element.setAttribute('aria-label', language === 'en' ? element.dataset.enLabel : element.dataset.frLabel);
  }
  for (const button of document.querySelectorAll('[data-language]')) {
    button.setAttribute('aria-pressed', String(button.dataset.language === language));
  }
}

for (const button of document.querySelectorAll('[data-language]')) {
  button.addEventListener('click', () => {
    localStorage.setItem(STORED, button.dataset.language);
    show(button.dataset.language);
  });
}

if (localStorage.getItem(STORED) === 'en') show('en');
