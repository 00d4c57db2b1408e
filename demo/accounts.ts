import { personas, prospects, utilities, type Persona } from '@oya/personas';

/** The rows of the start page's table: who can sign in where, and what their household shows. */
export function accountRows(): string {
  return personas.map((persona) => `<tr>
  ${who(persona)}
  <td><code>${escaped(persona.login)}</code></td>
  <td><code>${escaped(persona.password)}</code></td>
</tr>`).join('\n');
}

/** The rows of its second table: who can make an account, and what their papers say. */
export function prospectRows(): string {
  return prospects.map((prospect) => {
    const { customer, contracts, invoice } = prospect;
    const [contract] = contracts;
    const lastName = customer.displayName.split(' ').at(-1) ?? '';
    const total = (invoice.totalCents / 100).toFixed(2).replace('.', ',');
    return `<tr>
  ${who(prospect)}
  <td><code>${escaped(invoice.number)}</code><br><code>${total} €</code></td>
  <td><code>${escaped(contract?.number ?? '')}</code><br><code>${escaped(contract?.deliveryPoint ?? '')}</code><br><code>${escaped(lastName)}</code></td>
</tr>`;
  }).join('\n');
}

function who({ utility, customer, story }: Persona): string {
  const { name } = utilities.find(({ id }) => id === utility) ?? { name: utility };
  const english = story.en === undefined ? '' : ` data-en="${escaped(story.en)}"`;
  return `<td><b>${escaped(customer.displayName)}</b><br><span${english}>${escaped(story.fr)}</span></td>
  <td>${escaped(name)}</td>`;
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] as string);
}
