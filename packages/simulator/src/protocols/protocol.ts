/** What every protocol draws from. */
import type { Answer, Request } from '../answer.ts';
import type { DataWeather } from '../households.ts';
import type { Operator } from '../operator.ts';

export interface Surroundings {
  readonly operator: Operator;
  readonly dataWeather: () => DataWeather;
  readonly now: () => number;
}

/** Answers what it is asked by whoever showed a token. */
export interface Protocol {
  answer(request: Request): Answer;
  /** The token is none, or has ended. */
  readonly unauthorized: Answer;
  /** Too many calls; when to come again is told beside it. */
  readonly tooMany: Answer;
}
