/** What of a service worker's surroundings the app asks: the compiler's library of the page has no words for it. */
import type { ExtendableEventLike } from './answers.ts';

export interface PushEventLike extends ExtendableEventLike {
  readonly data: { text(): string } | null;
}

export interface NotificationEventLike extends ExtendableEventLike {
  readonly notification: Notification;
}

export interface SubscriptionChangeLike extends ExtendableEventLike {
  readonly oldSubscription?: PushSubscription | null;
}

export interface WindowClientLike {
  readonly url: string;
  focus(): Promise<WindowClientLike>;
  navigate(url: string): Promise<WindowClientLike | null>;
  postMessage(message: unknown): void;
}

interface Events {
  activate: ExtendableEventLike;
  message: MessageEvent;
  push: PushEventLike;
  notificationclick: NotificationEventLike;
  pushsubscriptionchange: SubscriptionChangeLike;
}

export interface WorkerScope {
  readonly location: { readonly origin: string };
  readonly caches: CacheStorage;
  readonly registration: ServiceWorkerRegistration;
  readonly navigator: { setAppBadge?(count: number): Promise<void>; clearAppBadge?(): Promise<void> };
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly WindowClientLike[]>;
    openWindow(url: string): Promise<WindowClientLike | null>;
  };
  skipWaiting(): Promise<void>;
  addEventListener<K extends keyof Events>(name: K, listener: (event: Events[K]) => void): void;
}
