/** Enedis, GRDF, RTE, the operator of a network and a payment provider on this machine: what they publish, in their own protocols, and how they fail. */
export { TOKEN_PATHS } from './credentials.ts';
export { startSimulator, type RunningSimulator, type SimulatorOptions } from './simulator.ts';
export type { OperatorConsent } from './operator.ts';
export type { Control, ControlState } from './control.ts';
export { lyraSignature } from './payments/lyra-signature.ts';
export { NOTICE_WAYS, PAYMENT_CHOICES, type NoticeWay, type PaymentChoice, type Shop } from './payments/lyra-page.ts';
export { SERVICES, type FailureKind, type Service } from './weather.ts';
