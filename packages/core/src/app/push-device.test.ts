import { expect } from 'chai';
import { isApplePhone, pushDevice, pushState, subscribeToPush, unsubscribeFromPush, type PushPlatform } from './push-device.ts';
import { appRegistration, expectWorker } from './registration.ts';

const KEY = 'BPq_7w-x';
const KEY_BYTES = [4, 250, 191, 239, 15, 177];

/** A push service that gives a new address to each who asks. */
class Device {
  permission: NotificationPermission;
  answer: NotificationPermission;
  subscription: PushSubscription | null = null;
  given = 0;
  readonly asked: string[] = [];

  constructor({ permission = 'default' as NotificationPermission, answer = 'granted' as NotificationPermission } = {}) {
    this.permission = permission;
    this.answer = answer;
  }

  platform(more: Partial<PushPlatform> = {}): PushPlatform {
    const notifications = {
      permission: this.permission,
      requestPermission: async () => {
        this.asked.push('permission');
        return (this.permission = this.answer);
      },
    };
    return { notifications, hasPush: true, isApple: false, isInstalled: false, workers: this.workers(), ...more };
  }

  workers() {
    const registration = { active: {}, pushManager: { getSubscription: async () => this.subscription, subscribe: (options: PushSubscriptionOptionsInit) => this.#subscribe(options) } };
    return { getRegistration: async () => registration, ready: Promise.resolve(registration) } as unknown as NonNullable<PushPlatform['workers']>;
  }

  async #subscribe({ applicationServerKey }: PushSubscriptionOptionsInit): Promise<PushSubscription> {
    this.asked.push('subscription');
    const key = applicationServerKey as Uint8Array<ArrayBuffer>;
    const endpoint = `https://push.example/${++this.given}`;
    this.subscription ??= {
      options: { applicationServerKey: key.buffer },
      toJSON: () => ({ endpoint, keys: { p256dh: 'public', auth: 'secret' } }),
      unsubscribe: async () => {
        this.subscription = null;
        return true;
      },
    } as unknown as PushSubscription;
    return this.subscription;
  }
}

describe('what a device can be told', () => {
  it('is off until the customer wants it, then on, then off again', async () => {
    const device = new Device();
    expect(await pushState(device.platform())).to.equal('off');
    expect(await subscribeToPush(KEY, device.platform())).to.deep.equal({ endpoint: 'https://push.example/1', keys: { p256dh: 'public', auth: 'secret' } });
    expect([...new Uint8Array(device.subscription?.options.applicationServerKey ?? new ArrayBuffer(0))]).to.deep.equal(KEY_BYTES);
    expect(await pushState(device.platform())).to.equal('on');
    expect((await pushDevice(device.platform()))?.endpoint).to.equal('https://push.example/1');
    await unsubscribeFromPush(device.platform());
    expect(await pushState(device.platform())).to.equal('off');
    expect(await pushDevice(device.platform())).to.equal(undefined);
  });

  it('asks the customer before anything else, while the click counts, and stops where they refuse', async () => {
    const device = new Device({ answer: 'denied' });
    const refusal = await subscribeToPush(KEY, device.platform()).catch((thrown: unknown) => thrown);
    expect((refusal as DOMException).name).to.equal('NotAllowedError');
    expect(device.asked).to.deep.equal(['permission']);
    expect(await pushState(device.platform())).to.equal('denied');
  });

  it('is off where the permission was taken back and the subscription is still there', async () => {
    const device = new Device();
    await subscribeToPush(KEY, device.platform());
    device.permission = 'default';
    expect(await pushState(device.platform())).to.equal('off');
  });

  it('begins anew with a portal that has changed its key', async () => {
    const device = new Device();
    await subscribeToPush(KEY, device.platform());
    expect((await subscribeToPush(KEY, device.platform())).endpoint).to.equal('https://push.example/1');
    expect((await subscribeToPush('BPq_7w-y', device.platform())).endpoint).to.equal('https://push.example/3');
  });

  it('needs the app on an iPhone, where its browser has no push until then', async () => {
    const without = { notifications: undefined, hasPush: false, isApple: true };
    expect(await pushState(new Device().platform(without))).to.equal('needs-install');
    expect(await pushState(new Device().platform({ ...without, isInstalled: true }))).to.equal('unsupported');
    expect(await pushState(new Device().platform({ isApple: true, isInstalled: true }))).to.equal('off');
  });

  it('is nothing in a browser without push, and on a page that belongs to no app', async () => {
    expect(await pushState(new Device().platform({ hasPush: false }))).to.equal('unsupported');
    expect(await pushState(new Device().platform({ workers: undefined }))).to.equal('unsupported');
    const noWorker = { getRegistration: async () => undefined, ready: new Promise(() => {}) } as unknown as NonNullable<PushPlatform['workers']>;
    expect(await pushState(new Device().platform({ workers: noWorker }))).to.equal('unsupported');
    const thrown = await subscribeToPush(KEY, new Device().platform({ workers: noWorker })).catch((error: unknown) => error);
    expect((thrown as DOMException).name).to.equal('NotSupportedError');
  });

  it('waits for the worker of an app at the first visit, but not for ever', async () => {
    const registration = { active: {} } as ServiceWorkerRegistration;
    const coming = { getRegistration: async () => undefined, ready: Promise.resolve(registration) };
    expect(await appRegistration(coming), 'a page that brings none').to.equal(undefined);
    expectWorker();
    expect(await appRegistration(coming)).to.equal(registration);
    expect(await appRegistration({ getRegistration: async () => undefined, ready: new Promise(() => {}) }, 5)).to.equal(undefined);
  });
});

describe('an iPad', () => {
  it('is known though it says that it is a Mac', () => {
    const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15';
    expect(isApplePhone({ userAgent: mac, maxTouchPoints: 5 })).to.equal(true);
    expect(isApplePhone({ userAgent: mac, maxTouchPoints: 0 })).to.equal(false);
    expect(isApplePhone({ userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X)', maxTouchPoints: 5 })).to.equal(true);
    expect(isApplePhone({ userAgent: 'Mozilla/5.0 (Linux; Android 15)', maxTouchPoints: 5 })).to.equal(false);
  });
});
