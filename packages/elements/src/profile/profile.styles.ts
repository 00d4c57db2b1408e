import { lightFormStyles } from '../light-form/light-form.styles.ts';

const TAG = 'oya-profile';

/** Of the whole element: its parts stand inside it, and are styled with it. */
export const profileStyles = `${lightFormStyles(TAG)}
${TAG} > .placeholder {
  min-block-size: calc(46 * var(--oya-rem));
}

${TAG} .placeholder {
  min-block-size: calc(12 * var(--oya-rem));
  border-radius: var(--oya-radius);
  background: var(--oya-color-surface-raised);
}

${TAG} :is(oya-profile-form, oya-profile-devices, oya-profile-activity, oya-passkeys) {
  display: block;
}

/* A part of its section: named below it. */
${TAG} oya-passkeys {
  margin-block-start: var(--oya-space-3);
}

${TAG} oya-passkeys :is(.title, .notice-title) {
  font-size: var(--oya-size-2);
}

${TAG} :is(oya-profile-devices, oya-profile-activity) {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  justify-items: start;
  gap: var(--oya-space-4);
}

${TAG} :is(.lines, .days, .task, .day) {
  inline-size: 100%;
}

${TAG} [hidden] {
  display: none;
}

${TAG} > .view {
  grid-template-columns: minmax(0, 1fr);
  gap: 0;
  max-inline-size: calc(56 * var(--oya-rem));
}

${TAG} > .farewell {
  gap: var(--oya-space-4);
  max-inline-size: calc(34 * var(--oya-rem));
}

${TAG} > .view > .title {
  padding-block-end: var(--oya-space-5);
  font-size: var(--oya-size-5);
}

${TAG} .part {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: var(--oya-space-4);
  padding-block: var(--oya-space-6);
  border-block-start: 1px solid var(--oya-color-line);
}

${TAG} :is(.part-head, .part-body) {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  align-content: start;
  gap: var(--oya-space-3);
}

${TAG} .part-head {
  gap: var(--oya-space-2);
}

${TAG} .part-title {
  font-size: var(--oya-size-3);
  font-weight: 650;
  line-height: 1.3;
}

${TAG} :is(p, .points) {
  max-inline-size: 65ch;
}

${TAG} .part-body > .button,
${TAG} .request > .button {
  justify-self: start;
}

${TAG} :is(.rows, dt, dd) {
  margin: 0;
}

${TAG} .rows,
${TAG} .days {
  display: grid;
  gap: var(--oya-space-5);
}

${TAG} .row {
  display: grid;
  grid-template-columns: minmax(0, 1fr) auto;
  gap: var(--oya-space-1) var(--oya-space-4);
  align-items: start;
}

${TAG} dt {
  color: var(--oya-color-ink-soft);
}

${TAG} :is(dt, dd) {
  grid-column: 1;
  min-inline-size: 0;
}

${TAG} .change {
  grid-area: 1 / 2 / span 2;
}

${TAG} .editing {
  grid-column: 1 / -1;
}

${TAG} :is(.value, bdi) {
  overflow-wrap: anywhere;
}

${TAG} :is(.value, .strong) {
  font-weight: 600;
}

${TAG} :is(.address, .choices-made, .lines) {
  padding: 0;
  list-style: none;
}

${TAG} dd > .address {
  font-weight: 600;
}

${TAG} .request {
  margin-block-start: var(--oya-space-3);
}

${TAG} .outcome {
  display: flex;
  align-items: start;
  gap: var(--oya-space-2);
  color: var(--oya-color-success);
  font-weight: 600;
}

${TAG} :is(.outcome svg, .line > svg) {
  margin-block-start: 0.125em;
}

${TAG} .task {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: var(--oya-space-4);
  margin-block: var(--oya-space-2);
  padding: var(--oya-space-5);
  border-radius: var(--oya-radius);
  background: var(--oya-color-surface-raised);
}

${TAG} .request .task {
  padding: 0;
}

${TAG} .task-title {
  font-size: var(--oya-size-3);
  font-weight: 650;
  line-height: 1.3;
  overflow-wrap: anywhere;
}

${TAG} .task-title:focus {
  outline: none;
}

${TAG} .task .summary {
  background: var(--oya-color-surface);
}

${TAG} .lines {
  display: grid;
}

${TAG} .lines > li:first-child > .line {
  padding-block-start: 0;
}

${TAG} .line {
  display: grid;
  grid-template-columns: auto minmax(0, 1fr) auto;
  gap: var(--oya-space-3);
  align-items: start;
  padding-block: var(--oya-space-3);
}

${TAG} .lines > li + li {
  border-block-start: 1px solid var(--oya-color-line);
}

${TAG} .line > svg,
${TAG} time {
  color: var(--oya-color-ink-soft);
}

${TAG} time {
  min-inline-size: 5.5em;
  font-variant-numeric: tabular-nums;
}

${TAG} .here {
  color: var(--oya-color-success);
  font-weight: 600;
}

${TAG} .filter {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: var(--oya-space-2) var(--oya-space-3);
}

${TAG} .filter select {
  flex: 0 1 auto;
  inline-size: auto;
  max-inline-size: 100%;
}

${TAG} .day-title {
  padding-block-end: var(--oya-space-2);
  color: var(--oya-color-ink-soft);
  font-weight: 600;
}

${TAG} .day-title::first-letter {
  text-transform: uppercase;
}

${TAG} .stale {
  opacity: 0.6;
}

@container (min-width: 48rem) {
  ${TAG} .part {
    grid-template-columns: minmax(0, 1fr) minmax(0, 2.2fr);
    gap: var(--oya-space-6);
  }
}

@container (max-width: 30rem) {
  ${TAG} .task {
    padding: var(--oya-space-4);
  }

  ${TAG} .line {
    grid-template-columns: auto minmax(0, 1fr);
  }

  ${TAG} .line > .button {
    grid-column: 2;
    justify-self: start;
  }

  ${TAG} .task .actions .button {
    inline-size: 100%;
  }
}

@media (forced-colors: active) {
  ${TAG} .task {
    border: 1px solid CanvasText;
  }
}
`;
