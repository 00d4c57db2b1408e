import type { NetworkOperator } from './network-operator.ts';

/** People ask the network operator, by whatever way theirs has, and say what became of it: `npm run consents`. */
export const manualOperator: NetworkOperator = {
  answers: false,
  activate: unasked,
  answerTo: unasked,
  end: unasked,
};

function unasked(): Promise<never> {
  return Promise.reject(new Error('nobody answers here: look at `answers` first'));
}
