import { installOffer, justInstalled } from '@oya/core/install-offer';
import { expect } from 'chai';
import { expectAccessible, mount, textOf, unmountAll } from '../testing.ts';
import type { OyaInstall } from './install.ts';
import './install.define.ts';
import { installMessages } from './install.messages.ts';
import { PLATFORMS, platformOf, STEPS } from './platforms.ts';

const ANDROID = 'Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko)';
const DEVICES: Readonly<Record<string, readonly [userAgent: string, touchPoints: number]>> = {
  iphone: ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1', 5],
  ipad: ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15', 5],
  mac: ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15', 0],
  android: [`${ANDROID} Chrome/141.0.0.0 Mobile Safari/537.36`, 5],
  samsung: [`${ANDROID} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`, 5],
  'android-firefox': ['Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0', 5],
  computer: ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0', 0],
  'computer-firefox': ['Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0', 0],
};

describe('the guide to install the app', () => {
  afterEach(() => {
    unmountAll();
    installOffer.set(undefined);
    justInstalled.set(false);
  });

  for (const [platform, [userAgent, maxTouchPoints]] of Object.entries(DEVICES)) {
    it(`knows by its browser: ${platform}`, () => expect(platformOf({ userAgent, maxTouchPoints })).to.equal(platform));
  }

  it('has a device of each kind to know', () => expect(Object.keys(DEVICES).toSorted()).to.deep.equal([...PLATFORMS].toSorted()));

  for (const platform of PLATFORMS) {
    it(`says each step in words and a drawing: ${platform}`, async () => {
      const { element } = await mount<OyaInstall>('oya-install', { attributes: { platform } });
      const steps = [...(element.shadowRoot?.querySelectorAll('.steps > li') ?? [])];
      expect(steps.map((step) => textOf(step.querySelector('p')))).to.deep.equal(STEPS[platform].map(({ id }) => installMessages.fr[`step.${id}`]));
      expect(steps.every((step) => step.querySelector('svg')?.getAttribute('aria-hidden') === 'true')).to.equal(true);
      await expectAccessible(element);
    });
  }

  it('shows the steps of another device that is chosen', async () => {
    const { element } = await mount<OyaInstall>('oya-install', { attributes: { platform: 'iphone' } });
    const select = element.shadowRoot?.querySelector('select') as HTMLSelectElement;
    expect(select.value).to.equal('iphone');
    select.value = 'samsung';
    select.dispatchEvent(new Event('change'));
    await element.updateComplete;
    expect(textOf(element)).to.contain('trois traits');
    expect(textOf(element)).not.to.contain('Safari, touchez');
  });

  it('is one button where the browser offers it, and says what became of it', async () => {
    const { element } = await mount<OyaInstall>('oya-install', { attributes: { platform: 'android' } });
    const button = () => element.shadowRoot?.querySelector('button');
    expect(button()).to.equal(null);
    let outcome: 'accepted' | 'dismissed' = 'dismissed';
    const offer = () => window.dispatchEvent(Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt: async () => ({ outcome }) }));
    expect(offer(), 'the browser shows its own banner no more').to.equal(false);
    await element.updateComplete;
    button()?.click();
    await new Promise((resolve) => setTimeout(resolve));
    await element.updateComplete;
    expect(textOf(element.shadowRoot?.querySelector('[role=status]'))).to.contain('n’est pas installée');
    expect(button(), 'an offer is good for once').to.equal(null);
    outcome = 'accepted';
    offer();
    await element.updateComplete;
    button()?.click();
    await new Promise((resolve) => setTimeout(resolve));
    await element.updateComplete;
    expect(textOf(element.shadowRoot?.querySelector('[role=status]'))).to.contain('L’application est installée');
  });

  it('names the two views of consumption as the utility does', async () => {
    const { element } = await mount<OyaInstall>('oya-install', { attributes: { platform: 'android' } });
    expect(textOf(element)).to.contain('Ma mesure, Ma conso et Mes alertes apparaissent');
  });

  it('says nothing in the installed app, unless the page wants it to', async () => {
    Object.defineProperty(navigator, 'standalone', { value: true, configurable: true });
    try {
      const { element } = await mount<OyaInstall>('oya-install');
      expect(textOf(element)).to.equal('');
      element.always = true;
      await element.updateComplete;
      expect(textOf(element)).to.contain('Votre appareil');
    } finally {
      Reflect.deleteProperty(navigator, 'standalone');
    }
  });

  it('speaks English', async () => {
    const { element } = await mount<OyaInstall>('oya-install', { attributes: { platform: 'mac' }, lang: 'en' });
    expect(textOf(element)).to.contain('Choose “Add to Dock”.');
  });
});
