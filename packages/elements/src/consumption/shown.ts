/** What the parts around a picture are about: the same for all of them. */
import type { Consumption, Contract, Meter } from '@oya/contract';
import type { Picture } from './picture.ts';
import type { Question } from './question.ts';
import type { Telling, Told } from './telling.ts';

export interface Shown {
  readonly question: Question;
  readonly answer: Consumption;
  readonly picture: Picture;
  readonly told: Told;
  readonly meter: Meter;
  readonly contract: Contract;
  /** Name of the utility. */
  readonly utility: string;
  readonly tell: Telling;
  readonly asTable: boolean;
  /** The page asks for money. */
  readonly wantsCost: boolean;
  /** The meter's half-hours can be asked for. */
  readonly hasCurve: boolean;
  go(question: Question): void;
  /** Chooses a bar, which may open what it stands for; absent where there is nothing to open. */
  readonly open: ((index: number) => void) | undefined;
}
