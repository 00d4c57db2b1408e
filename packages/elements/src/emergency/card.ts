/** A card on paper, one line for each number: in place of the page while it is printed. */

export interface Card {
  readonly title: string;
  readonly language: string;
  readonly lines: readonly { readonly name: string; readonly number: string; readonly note: string }[];
}

const NAME = 'oya-emergency-card';
/** Against whatever the page's own sheets say of printing. */
const SHEET = `
  @media screen { .${NAME} { display: none !important; } }
  @media print {
    body > :not(.${NAME}) { display: none !important; }
    .${NAME} { display: block !important; color: #000; background: #fff; font: 12pt/1.6 sans-serif; }
    .${NAME} h1 { margin: 0 0 4mm; font-size: 16pt; }
    .${NAME} p { margin: 0; padding: 2mm 0; border-block-start: 1px solid #000; break-inside: avoid; }
    .${NAME} b { font-size: 14pt; white-space: nowrap; }
  }
`;

/** Asks for the card to be printed; the page is as it was afterwards. */
export function printCard(card: Card): void {
  removeCard();
  const article = document.createElement('article');
  article.className = NAME;
  article.lang = card.language;
  const title = document.createElement('h1');
  title.textContent = card.title;
  article.append(title, ...card.lines.map(lineOf));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(SHEET);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  document.body.append(article);
  addEventListener(
    'afterprint',
    () => {
      article.remove();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    },
    { once: true },
  );
  print();
}

/** Of a print that the browser never ended. */
function removeCard(): void {
  for (const article of document.querySelectorAll(`body > .${NAME}`)) article.remove();
}

function lineOf({ name, number, note }: Card['lines'][number]): HTMLParagraphElement {
  const line = document.createElement('p');
  const strong = document.createElement('b');
  strong.textContent = number;
  line.append(`${name} `, strong, note === '' ? '' : `, ${note.charAt(0).toLocaleLowerCase()}${note.slice(1)}`);
  return line;
}
