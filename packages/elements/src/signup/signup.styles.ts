import { choiceStyles } from '../light-form/choices.styles.ts';
import { lightFormStyles } from '../light-form/light-form.styles.ts';
import { passwordRulesStyles } from '../light-form/password-rules.styles.ts';

export const signupStyles = `${lightFormStyles('oya-signup')}
${choiceStyles('oya-signup')}
${passwordRulesStyles('oya-signup')}
oya-signup .placeholder {
  min-block-size: calc(34 * var(--oya-rem));
  max-inline-size: calc(44 * var(--oya-rem));
  border-radius: var(--oya-radius);
  background: var(--oya-color-surface-raised);
}

oya-signup .view {
  gap: var(--oya-space-6);
  max-inline-size: calc(44 * var(--oya-rem));
}

oya-signup :is(form, .summary) {
  inline-size: 100%;
  max-inline-size: calc(28 * var(--oya-rem));
}

oya-signup .head p {
  max-inline-size: calc(34 * var(--oya-rem));
}

oya-signup .help > p {
  max-inline-size: calc(34 * var(--oya-rem));
}

oya-signup .head {
  display: grid;
  gap: var(--oya-space-2);
}

oya-signup .title {
  display: grid;
  gap: var(--oya-space-1);
  font-size: var(--oya-size-5);
}

oya-signup .step-line {
  color: var(--oya-color-ink-soft);
  font-size: var(--oya-size-2);
  font-weight: 600;
}

oya-signup .lead {
  color: var(--oya-color-ink-soft);
}

oya-signup .steps {
  display: none;
  gap: var(--oya-space-3);
  margin: 0;
  padding: 0;
  list-style: none;
}

oya-signup .steps li {
  display: flex;
  flex: 1;
  align-items: center;
  gap: var(--oya-space-2);
  min-inline-size: 0;
  padding-block-start: var(--oya-space-3);
  border-block-start: 4px solid var(--oya-color-line);
  color: var(--oya-color-ink-soft);
}

oya-signup .steps li:is(.done, .current) {
  border-block-start-color: var(--oya-color-accent);
}

oya-signup .steps li.current {
  color: var(--oya-color-ink);
  font-weight: 650;
}

oya-signup .step-mark {
  display: grid;
  flex: none;
  place-items: center;
  min-inline-size: calc(1.25 * var(--oya-rem));
  font-variant-numeric: tabular-nums;
}

oya-signup .step-name::first-letter {
  text-transform: uppercase;
}

oya-signup .step-name {
  display: block;
}

oya-signup .beside {
  display: grid;
  gap: var(--oya-space-6);
}

oya-signup figure {
  display: grid;
  gap: var(--oya-space-3);
  max-inline-size: calc(20 * var(--oya-rem));
  margin: 0;
}

oya-signup figcaption {
  color: var(--oya-color-ink-soft);
}

oya-signup svg.drawing {
  inline-size: 100%;
  block-size: auto;
  direction: ltr;
}

oya-signup .drawing .sheet {
  fill: var(--oya-color-surface-raised);
  stroke: var(--oya-color-line);
  stroke-width: 1.5px;
}

oya-signup .drawing :is(.soft, .ink) {
  fill: var(--oya-color-line);
  stroke: none;
}

oya-signup .drawing .ink {
  fill: var(--oya-color-ink-soft);
}

oya-signup .drawing .rule {
  stroke: var(--oya-color-line);
}

oya-signup .drawing .frame {
  fill: var(--oya-color-surface);
  stroke: var(--oya-color-accent);
  stroke-width: 2px;
}

oya-signup .drawing .dot {
  fill: var(--oya-color-accent);
  stroke: none;
}

oya-signup .drawing text {
  fill: var(--oya-color-ink);
  stroke: none;
  font-family: inherit;
  font-size: 13px;
}

oya-signup .drawing .small {
  fill: var(--oya-color-ink-soft);
  font-size: 12px;
}

oya-signup .drawing .strong {
  font-size: 14px;
  font-weight: 650;
}

oya-signup .drawing .figure {
  fill: var(--oya-color-accent-ink);
  font-weight: 650;
}

oya-signup span.mark {
  display: inline-grid;
  place-items: center;
  inline-size: calc(1.5 * var(--oya-rem));
  block-size: calc(1.5 * var(--oya-rem));
  margin-inline-end: var(--oya-space-2);
  border-radius: 50%;
  background: var(--oya-color-accent);
  color: var(--oya-color-accent-ink);
  font-size: var(--oya-size-1);
  font-weight: 650;
}

oya-signup .optional {
  color: var(--oya-color-ink-soft);
  font-weight: 400;
}

oya-signup .live {
  display: flex;
  gap: var(--oya-space-2);
  min-block-size: 1.5em;
  color: var(--oya-color-ink-soft);
}

oya-signup .live.free {
  color: var(--oya-color-success);
}

oya-signup .live.taken {
  color: var(--oya-color-danger);
  font-weight: 600;
}

oya-signup .robot {
  display: grid;
  justify-items: start;
  gap: var(--oya-space-3);
  padding: var(--oya-space-3) var(--oya-space-4);
  border-radius: var(--oya-radius);
  background: var(--oya-color-surface-raised);
}

oya-signup .robot p {
  display: flex;
  align-items: center;
  gap: var(--oya-space-3);
  min-block-size: 3em;
}

oya-signup .robot svg {
  color: var(--oya-color-ink-soft);
}

oya-signup .robot.done svg {
  color: var(--oya-color-success);
}

oya-signup .robot.failed svg {
  color: var(--oya-color-danger);
}

oya-signup .one-code input {
  max-inline-size: calc(12 * var(--oya-rem));
  font-size: var(--oya-size-5);
  font-variant-numeric: tabular-nums;
  letter-spacing: 0.12em;
}

oya-signup .help {
  display: grid;
  gap: var(--oya-space-3);
  padding-block-start: var(--oya-space-5);
  border-block-start: 1px solid var(--oya-color-line);
}

oya-signup .help-title {
  font-size: var(--oya-size-3);
  font-weight: 650;
}

oya-signup .ways {
  gap: 0 var(--oya-space-2);
}

oya-signup .welcome-mark {
  display: grid;
  place-items: center;
  inline-size: calc(3.5 * var(--oya-rem));
  block-size: calc(3.5 * var(--oya-rem));
  border-radius: 50%;
  background: color-mix(in oklab, var(--oya-color-success) 14%, transparent);
  color: var(--oya-color-success);
}

oya-signup .welcome-mark svg {
  inline-size: calc(2 * var(--oya-rem));
  block-size: calc(2 * var(--oya-rem));
}

@container (min-width: 40rem) {
  oya-signup .steps {
    display: flex;
  }

  oya-signup .step-line:not(.always) {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  oya-signup .beside {
    grid-template-columns: minmax(0, 1fr) minmax(0, calc(18 * var(--oya-rem)));
    align-items: start;
    gap: var(--oya-space-7);
  }

  oya-signup .beside form {
    grid-area: 1 / 1;
  }

  oya-signup .beside figure {
    grid-area: 1 / 2;
  }
}

@media (forced-colors: active) {
  oya-signup .robot {
    border: 1px solid CanvasText;
  }

  oya-signup .steps li:is(.done, .current) {
    border-block-start-color: Highlight;
  }

  oya-signup span.mark {
    forced-color-adjust: none;
    background: CanvasText;
    color: Canvas;
  }

  oya-signup .drawing :is(.sheet, .frame) {
    fill: Canvas;
    stroke: CanvasText;
  }

  oya-signup .drawing text {
    fill: CanvasText;
  }

  oya-signup .drawing .dot {
    fill: CanvasText;
  }

  oya-signup .drawing .figure {
    fill: Canvas;
  }
}
`;
