/** Of the comparison alone: they come with it. */
export const resultStyles = `oya-tariff-twin-result {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: var(--oya-space-6);
}
.finding {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: var(--oya-space-1);
}
.finding-title {
  font-size: var(--oya-size-4);
  line-height: 1.25;
  font-weight: 650;
  text-wrap: balance;
}
.tariffs {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr));
  gap: var(--oya-space-4);
  margin: 0;
  padding: 0;
  list-style: none;
}
/* Names of one line and of two: amounts stand side by side all the same. */
:is(.tariffs li, .card) {
  display: grid;
  grid-row: span 4;
  grid-template-rows: subgrid;
}
.card {
  grid-template-columns: minmax(0, 1fr);
  align-items: start;
  gap: var(--oya-space-2);
  padding: var(--oya-space-4);
  border: 1px solid var(--oya-color-line);
  border-radius: var(--oya-radius);
}
.card.cheapest {
  border-color: var(--oya-color-accent);
  outline: 1px solid var(--oya-color-accent);
  outline-offset: -2px;
}
.card-head {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: var(--oya-space-1) var(--oya-space-2);
}
.card-name {
  font-weight: 650;
}
.badge {
  display: inline-flex;
  align-items: center;
  gap: var(--oya-space-1);
  padding: 0.0625rem var(--oya-space-2);
  border: 1px solid var(--oya-color-line-strong);
  border-radius: 999px;
  white-space: nowrap;
  font-size: var(--oya-size-1);
  font-weight: 600;
}
.badge .icon {
  inline-size: 1rem;
  block-size: 1rem;
}
.badge.good {
  border-color: transparent;
  background: color-mix(in oklab, var(--oya-color-success) 16%, transparent);
}
.badge.good .icon {
  color: var(--oya-color-success);
}
.total {
  font-size: var(--oya-size-5);
  line-height: 1.2;
  font-weight: 650;
}
.total.none {
  color: var(--oya-color-ink-soft);
}
.card dl {
  display: grid;
  gap: var(--oya-space-1);
  margin: 0;
}
.card dl div {
  display: flex;
  justify-content: space-between;
  gap: var(--oya-space-3);
}
.card dt {
  color: var(--oya-color-ink-soft);
}
.card dd {
  margin: 0;
}
:is(.months, .heater, .missing) {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: var(--oya-space-3);
}
.with-unit {
  display: inline-flex;
  align-items: center;
  gap: var(--oya-space-2);
}
.with-unit input {
  inline-size: 6rem;
}
.price-list {
  padding-block-start: var(--oya-space-4);
}
.price-list table {
  max-inline-size: 60rem;
}
.prices td {
  white-space: nowrap;
}
.number {
  flex-wrap: wrap;
}
@media (forced-colors: active) {
  .badge {
    border: 1px solid CanvasText;
  }
}`;
