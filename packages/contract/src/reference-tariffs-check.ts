/** Whether tariffs to compare under are right, for whoever writes them into a file. The page has no use for it. */
import { PAIRS } from './tariff-twin.ts';
import { ReferenceTariffs } from './reference-tariffs.ts';

/** Every mistake, a line for each with where it stands. */
export class TariffsError extends Error {
  override readonly name = 'TariffsError';
}

/** @throws TariffsError */
export function readReferenceTariffs(written: unknown): ReferenceTariffs {
  const result = ReferenceTariffs.safeParse(written);
  const mistakes = result.success ? tariffFaults(result.data) : result.error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`);
  if (!result.success || mistakes.length > 0) throw new TariffsError(mistakes.join('\n'));
  return result.data;
}

/** What is wrong with tariffs whose form is right. */
export function tariffFaults({ tariffs }: ReferenceTariffs): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  tariffs.forEach(({ id, kind, powers }, place) => {
    if (seen.has(id)) faults.push(`tariffs[${place}].id: “${id}” is there twice; give each tariff an id of its own`);
    seen.add(id);
    if (powers.length === 0) faults.push(`tariffs[${place}].powers: name at least one subscribed power`);
    const needed = ['standing-charge', ...(kind === 'base' ? ['BASE'] : PAIRS[kind].flat())];
    powers.forEach(({ kva, prices }, index) => {
      const at = `tariffs[${place}].powers[${index}]`;
      const before = powers[index - 1];
      if (before && before.kva >= kva) faults.push(`${at}.kva: ${kva} must be more than ${before.kva} before it`);
      for (const what of needed) {
        const unit = what === 'standing-charge' ? 'month' : 'kWh';
        const dated = prices.filter((price) => price.what === what && price.unit === unit).sort((a, b) => (a.from < b.from ? -1 : 1));
        if (dated.length === 0) faults.push(`${at}.prices: there is no “${what}” per ${unit}; a tariff of the kind “${kind}” needs it`);
        dated.forEach(({ from, to }, next) => {
          const following = dated[next + 1];
          if (to !== null && to <= from) faults.push(`${at}.prices: “${what}” from ${from} ends on ${to}; it must end after it begins`);
          if (following && (to === null || to > following.from)) faults.push(`${at}.prices: “${what}” has two prices on ${following.from}; end the earlier one on that day`);
        });
      }
    });
  });
  return faults;
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`)).join('') || 'the file';
}
