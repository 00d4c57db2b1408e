/** A day from midnight to midnight with its off-peak hours: the picture beside the words. */
import { stretchesOf, type ClockRange } from '@oya/contract';
import type { Translate } from '@oya/core';
import { html, svg, type TemplateResult } from 'lit';
import type { fr } from './contracts.messages.ts';

const MINUTES_OF_A_DAY = 24 * 60;
const HEIGHT = 28;
/** Where the hours under it are written. */
const HOURS = [0, 6, 12, 18, 24];

/** Decoration for eyes: the same is said in words where it stands. */
export function dayBar(ranges: readonly ClockRange[], t: Translate<typeof fr>): TemplateResult {
  return html`<div class="day-bar" aria-hidden="true" part="day-bar">
    <svg viewBox="0 0 ${MINUTES_OF_A_DAY} ${HEIGHT}" preserveAspectRatio="none" focusable="false">
      <rect class="peak" x="0" y="0" width=${MINUTES_OF_A_DAY} height=${HEIGHT}></rect>
      ${stretchesOf(ranges).map(({ from, to }) => svg`<rect class="off-peak" x=${from} y="0" width=${to - from} height=${HEIGHT}></rect>`)}
      ${HOURS.slice(1, -1).map((hour) => svg`<line x1=${hour * 60} x2=${hour * 60} y1="0" y2=${HEIGHT}></line>`)}
    </svg>
    <div class="hours">${HOURS.map((hour) => html`<span>${t('hour', { hour })}</span>`)}</div>
    <div class="legend">
      <span><i class="off-peak"></i>${t('legend.off-peak')}</span>
      <span><i class="peak"></i>${t('legend.peak')}</span>
    </div>
  </div>`;
}
