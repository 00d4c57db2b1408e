import { Slice } from '../client/settings.ts';

/** The browser's own way to install the app, where it has one. Call it from a click; it can be used once. */
export const installOffer = new Slice<(() => Promise<'installed' | 'declined'>) | undefined>(undefined);
/** The app was installed from this page. */
export const justInstalled = new Slice(false);

interface InstallPrompt extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

let isFollowing = false;

/** Keeps the browser's offer for those who want to use it later, in place of the browser's own banner. */
export function followInstallOffer(): void {
  if (isFollowing) return;
  isFollowing = true;
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    installOffer.set(async () => {
      installOffer.set(undefined);
      const { outcome } = await (event as InstallPrompt).prompt();
      if (outcome === 'accepted') justInstalled.set(true);
      return outcome === 'accepted' ? 'installed' : 'declined';
    });
  });
  window.addEventListener('appinstalled', () => {
    installOffer.set(undefined);
    justInstalled.set(true);
  });
}
