import { personas, utilities } from '@oya/personas';

/** The rows of the start page's table: who can sign in where, and what their household shows. */
export function accountRows(): string {
  return personas.map(({ utility, customer, story, login, password }) => {
    const { name } = utilities.find(({ id }) => id === utility) ?? { name: utility };
    const english = story.en === undefined ? '' : ` data-en="${escaped(story.en)}"`;
    return `<tr>
  <td><b>${escaped(customer.displayName)}</b><br><span${english}>${escaped(story.fr)}</span></td>
  <td>${escaped(name)}</td>
  <td><code>${escaped(login)}</code></td>
  <td><code>${escaped(password)}</code></td>
</tr>`;
  }).join('\n');
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] as string);
}
