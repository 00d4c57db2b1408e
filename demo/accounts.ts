import { personas, prospects, utilities, type Persona } from '@oya/personas';
import { escaped } from './html.ts';

/** The rows of the start page's table: who can sign in where, and what their household shows. */
export function accountRows(): string {
  return personas.map((persona) => {
    const { login, password } = persona;
    return `<tr>
  ${whoAndWhere(persona)}
  <td><code>${escaped(login)}</code></td>
  <td><code>${escaped(password)}</code></td>
</tr>`;
  }).join('\n');
}

/** The rows of its second table: who can make an account, and what their papers say. */
export function prospectRows(): string {
  return prospects.map((prospect) => {
    const { customer, contracts, invoice } = prospect;
    const [contract] = contracts;
    const lastName = customer.displayName.split(' ').at(-1) ?? '';
    const total = (invoice.totalCents / 100).toFixed(2).replace('.', ',');
    return `<tr>
  ${whoAndWhere(prospect)}
  <td><code>${escaped(invoice.number)}</code><br><code>${total} €</code></td>
  <td><code>${escaped(contract?.number ?? '')}</code><br><code>${escaped(contract?.deliveryPoint ?? '')}</code><br><code>${escaped(lastName)}</code></td>
</tr>`;
  }).join('\n');
}

function whoAndWhere({ utility, customer, story }: Persona): string {
  const { name } = utilities.find(({ id }) => id === utility) ?? { name: utility };
  const english = story.en === undefined ? '' : ` data-en="${escaped(story.en)}"`;
  return `<td><b>${escaped(customer.displayName)}</b><br><span${english}>${escaped(story.fr)}</span></td>
  <td>${escaped(name)}</td>`;
}
