/** Client, contexts, resources, base element, words and formats: what every element stands on. */
export { awaitProviders, configure, createClient, registerAdapter, type AdapterFactory, type Configuration } from './client/configuration.ts';
export { newIdempotencyKey, PortalClient, type ClientOptions, type Read, type Write } from './client/client.ts';
export { clientContext } from './client/context.ts';
export { Intent, mayHaveArrived } from './client/intent.ts';
export { Resource, type ResourceHost, type ResourceOptions, type ResourceStatus } from './client/resource.ts';
export type { SessionEnding } from './client/session-watch.ts';
export { Slice, type Settings } from './client/settings.ts';
export { define, version } from './element/define.ts';
export { IntentEvent, OyaErrorEvent, OyaNavigateEvent, OyaReadyEvent, OyaSignedInEvent, OyaSignedOutEvent } from './element/events.ts';
export { headingOf } from './element/heading.ts';
export { announceElements } from './element/kit.ts';
export { isSafeAddress, OyaElement, warnOnce, type ElementState, type Part } from './element/oya-element.ts';
export { capitalized, Format, type DayStyle, type Quantity } from './i18n/format.ts';
export { localized } from './i18n/localized.ts';
export { defineMessages, languageOf, type MessageKey, type Messages, type Texts, type Translate, type Translation } from './i18n/words.ts';
export { baseStyles } from './styles/base.styles.ts';
