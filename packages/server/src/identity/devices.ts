/** What a browser says of itself, as far as people know it by that: no versions, nothing to know them again by. */
import Bowser from 'bowser';
import type { Device } from '@oya/contract';

export type DeviceNames = Pick<Device, 'kind' | 'browser' | 'system'>;

export const UNKNOWN_DEVICE: DeviceNames = { kind: 'unknown', browser: null, system: null };

/** The longest that a browser of today sends is half of that; the rest of a hostile one is not looked at. */
const LONGEST_LOOKED_AT = 512;

const KINDS: Readonly<Record<string, Device['kind']>> = { desktop: 'computer', mobile: 'phone', tablet: 'tablet' };

/** Only names that are known: a header may hold any text. */
const BROWSERS = new Set(Object.values(Bowser.BROWSER_MAP));
const SYSTEMS = new Set(Object.values(Bowser.OS_MAP));

export function readDevice(userAgent: string | undefined): DeviceNames {
  const text = userAgent?.slice(0, LONGEST_LOOKED_AT);
  if (!text) return UNKNOWN_DEVICE;
  const { browser, os, platform } = Bowser.parse(text);
  return { kind: KINDS[platform.type ?? ''] ?? 'unknown', browser: known(browser.name, BROWSERS), system: known(os.name, SYSTEMS) };
}

/** `Firefox, Windows`; `null` where nothing is known. */
export function deviceText({ browser, system }: DeviceNames): string | null {
  return [browser, system].filter(Boolean).join(', ') || null;
}

function known(name: string | undefined, names: ReadonlySet<string>): string | null {
  return name !== undefined && names.has(name) ? name : null;
}
