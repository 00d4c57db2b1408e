/** On what an app is installed, and by which steps there. Pure. */
import { isApplePhone } from '@oya/core/push-device';

/** A browser on a device: each has its own way. */
export const PLATFORMS = ['iphone', 'ipad', 'android', 'samsung', 'android-firefox', 'computer', 'mac', 'computer-firefox'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** What the picture of a step shows. */
export type Picture = 'share-below' | 'share-above' | 'dots' | 'lines' | 'sheet' | 'confirm' | 'home' | 'address' | 'menu' | 'dock' | 'bookmark';

export interface Step {
  /** Its words are `step.<id>`. */
  readonly id: StepId;
  readonly picture: Picture;
}

type StepId =
  | 'iphone.share'
  | 'ipad.share'
  | 'apple.choose'
  | 'apple.add'
  | 'android.menu'
  | 'android.choose'
  | 'android.install'
  | 'samsung.menu'
  | 'samsung.choose'
  | 'samsung.add'
  | 'firefox.menu'
  | 'firefox.choose'
  | 'firefox.add'
  | 'computer.address'
  | 'computer.install'
  | 'mac.menu'
  | 'mac.choose'
  | 'mac.add'
  | 'computer-firefox.other'
  | 'computer-firefox.bookmark';

const APPLE: readonly Step[] = [
  { id: 'apple.choose', picture: 'sheet' },
  { id: 'apple.add', picture: 'home' },
];

export const STEPS: Readonly<Record<Platform, readonly Step[]>> = {
  iphone: [{ id: 'iphone.share', picture: 'share-below' }, ...APPLE],
  ipad: [{ id: 'ipad.share', picture: 'share-above' }, ...APPLE],
  android: [
    { id: 'android.menu', picture: 'dots' },
    { id: 'android.choose', picture: 'sheet' },
    { id: 'android.install', picture: 'home' },
  ],
  samsung: [
    { id: 'samsung.menu', picture: 'lines' },
    { id: 'samsung.choose', picture: 'sheet' },
    { id: 'samsung.add', picture: 'home' },
  ],
  'android-firefox': [
    { id: 'firefox.menu', picture: 'dots' },
    { id: 'firefox.choose', picture: 'sheet' },
    { id: 'firefox.add', picture: 'home' },
  ],
  computer: [
    { id: 'computer.address', picture: 'address' },
    { id: 'computer.install', picture: 'confirm' },
  ],
  mac: [
    { id: 'mac.menu', picture: 'menu' },
    { id: 'mac.choose', picture: 'confirm' },
    { id: 'mac.add', picture: 'dock' },
  ],
  'computer-firefox': [
    { id: 'computer-firefox.other', picture: 'address' },
    { id: 'computer-firefox.bookmark', picture: 'bookmark' },
  ],
};

/** How the parts of the app are reached straight from its icon: `shortcut.<way>`. */
export const SHORTCUTS: Readonly<Record<Platform, 'touch' | 'samsung' | 'click' | 'none'>> = {
  iphone: 'none',
  ipad: 'none',
  android: 'touch',
  samsung: 'samsung',
  'android-firefox': 'none',
  computer: 'click',
  mac: 'none',
  'computer-firefox': 'none',
};

/** What somebody has in front of them, as far as a browser says. */
export function platformOf(device: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): Platform {
  const { userAgent } = device;
  if (isApplePhone(device)) return /iPhone|iPod/.test(userAgent) ? 'iphone' : 'ipad';
  if (userAgent.includes('Android')) {
    if (userAgent.includes('SamsungBrowser')) return 'samsung';
    return userAgent.includes('Firefox') ? 'android-firefox' : 'android';
  }
  if (userAgent.includes('Firefox')) return 'computer-firefox';
  return userAgent.includes('Macintosh') && !/Chrome|Chromium|Edg/.test(userAgent) ? 'mac' : 'computer';
}
