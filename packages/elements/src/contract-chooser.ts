import type { Contract } from '@oya/contract';
import type { OyaElement } from '@oya/core';
import { html, nothing } from 'lit';

/** A way to the customer's other contracts; with only one, or one that the host names, there is nothing to choose. */
export function contractChooser(element: OyaElement, contracts: readonly Contract[], current: Contract | undefined, label: string, nameOf: (energy: Contract['energy']) => string): unknown {
  if (contracts.length < 2 || element.contract !== undefined) return nothing;
  return html`<label class="which">
    <span>${label}</span>
    <select @change=${(event: Event) => element.client?.selectedContract.set((event.target as HTMLSelectElement).value)}>
      ${contracts.map(({ id, site, energy }) => html`<option value=${id} .selected=${id === current?.id}>${nameOf(energy)}, ${site.label}, ${site.address}</option>`)}
    </select>
  </label>`;
}
