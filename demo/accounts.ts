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

/** The rows of the table of those who have no account yet: what is on their papers, to sign up with. */
export function prospectRows(): string {
  return prospects.map((persona) => {
    const { invoice, contracts: [contract] } = persona;
    return `<tr>
  ${whoAndWhere(persona)}
  <td><code>${escaped(invoice.number)}</code>, <code>${(invoice.totalCents / 100).toFixed(2).replace('.', ',')}</code> €</td>
  <td><code>${escaped(contract?.number ?? '')}</code>, <code>${escaped(contract?.deliveryPoint ?? '')}</code>, <code>${escaped(persona.customer.displayName)}</code></td>
</tr>`;
  }).join('\n');
}

function whoAndWhere({ utility, customer, story }: Persona): string {
  const { name } = utilities.find(({ id }) => id === utility) ?? { name: utility };
  const english = story.en === undefined ? '' : ` data-en="${escaped(story.en)}"`;
  return `<td><b>${escaped(customer.displayName)}</b><br><span${english}>${escaped(story.fr)}</span></td>
  <td>${escaped(name)}</td>`;
}
