/** The board as a map: communes by what is cut and planned there, and the same as a table. Fetched when somebody first asks for it. */
import { byPhase, type AlertCommune, type Outage, type OutageMap } from '@oya/contract';
import { communeShapes } from '@oya/charts/commune-map';
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { BoardHost, BoardOf } from './board.ts';

const WIDTH = 640;

interface Counted {
  readonly commune: AlertCommune;
  readonly current: number;
  readonly planned: number;
  readonly households: number;
}

/** How many reach each commune: by these numbers both picture and table go. */
export function countByCommune(outages: readonly Outage[], communes: readonly AlertCommune[], now: number): Counted[] {
  const { current, planned } = byPhase(outages, now);
  const in_ = (code: string) => ({ areas }: Outage) => areas.some(({ commune }) => commune === code);
  return communes.map((commune) => {
    const here = current.filter(in_(commune.code));
    return { commune, current: here.length, planned: planned.filter(in_(commune.code)).length, households: here.reduce((sum, { households }) => sum + (households ?? 0), 0) };
  });
}

export function mapView(map: OutageMap, { board, chosen, choose }: BoardOf, host: BoardHost): TemplateResult {
  const { t, now } = host;
  const counted = countByCommune(board.items, board.communes, now);
  const { width, height, shapes } = communeShapes(map, WIDTH);
  const { current, planned } = byPhase(board.items, now);
  const sentence = t('map.sentence', { current: t('map.current', { count: current.length }), planned: t('map.planned', { count: planned.length }), communes: t('map.communes', { count: board.communes.length }) });
  // What has no shape is in the table all the same.
  const drawn = shapes.flatMap((shape) => {
    const count = counted.find(({ commune }) => commune.code === shape.code);
    return count ? [{ shape, count }] : [];
  });
  return html`<section class="part map">
    ${host.heading(t('map.title'), 'part-title', 1)}
    <p>${sentence}</p>
    <svg viewBox="0 0 ${width} ${height}" role="group" aria-label=${t('map.title')}>
      <defs><pattern id="stripes" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="8" height="8" class="ground"></rect><rect width="3" height="8" class="stripe"></rect></pattern></defs>
      ${drawn.map(({ shape, count }) => {
        const isChosen = shape.code === chosen;
        const press = () => choose(isChosen ? '' : shape.code);
        const onKey = (event: KeyboardEvent) => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          press();
        };
        const label = t('map.choose', { commune: shape.name, current: count.current, planned: t('map.planned', { count: count.planned }) });
        return svg`<g class="commune ${count.current > 0 ? 'cut' : count.planned > 0 ? 'works' : 'fine'}" role="button" tabindex="0" aria-pressed=${isChosen ? 'true' : 'false'} aria-label=${label} @click=${press} @keydown=${onKey}>
          <path d=${shape.path}></path>
          <text x=${shape.centre[0]} y=${shape.centre[1]} class="name">${shape.name}</text>
          ${count.current + count.planned > 0 ? svg`<text x=${shape.centre[0]} y=${shape.centre[1] + 22} class="count">${count.current > 0 ? count.current : count.planned}</text>` : nothing}
        </g>`;
      })}
    </svg>
    <ul class="key">
      <li><span class="swatch cut"></span>${t('map.key.current')}</li>
      <li><span class="swatch works"></span>${t('map.key.planned')}</li>
      <li><span class="swatch fine"></span>${t('map.key.none')}</li>
    </ul>
    <details><summary>${t('map.table')}</summary>
      <table>
        <caption class="visually-hidden">${t('map.table')}</caption>
        <thead><tr><th scope="col">${t('map.column.commune')}</th><th scope="col">${t('map.column.current')}</th><th scope="col">${t('map.column.planned')}</th><th scope="col">${t('map.column.households')}</th></tr></thead>
        <tbody>${counted.map(({ commune, ...count }) => html`<tr data-commune=${commune.code}><th scope="row">${commune.name}</th><td>${count.current}</td><td>${count.planned}</td><td>${count.current > 0 ? count.households : ''}</td></tr>`)}</tbody>
      </table>
    </details>
  </section>`;
}
