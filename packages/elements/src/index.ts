/** The elements' classes and events, and what a page needs to configure them from code. */
export { defineAdapter } from '@oya/contract';
export { configure, registerAdapter } from '@oya/core';
export { OyaConsumption } from './consumption/consumption.ts';
export { OyaContracts } from './contracts/contracts.ts';
export { OyaLogin, OyaSignedInEvent, OyaSignedOutEvent } from './login/login.ts';
export { OyaProvider } from './provider/provider.ts';
