/** The elements' classes and events, and what a page needs to configure them from code. */
export { defineAdapter } from '@oya/contract';
export { configure, OyaSignedInEvent, OyaSignedOutEvent, registerAdapter } from '@oya/core';
export { OyaConsentChangedEvent, OyaConsumption } from './consumption/consumption.ts';
export { OyaContracts } from './contracts/contracts.ts';
export { OyaDashboard } from './dashboard/dashboard.ts';
export { OyaLogin } from './login/login.ts';
export { OyaPasskeys } from './passkeys/passkeys.ts';
export { OyaPortal } from './portal/portal.ts';
export { OyaAccountClosedEvent, OyaProfile } from './profile/profile.ts';
export { OyaProvider } from './provider/provider.ts';
export { OyaSession } from './session/session.ts';
export { OyaSignedUpEvent, OyaSignup } from './signup/signup.ts';
export { OyaUtilityChosenEvent, OyaUtilityPicker } from './utility-picker/utility-picker.ts';
