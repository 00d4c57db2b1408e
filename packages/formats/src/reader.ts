/** What every reader of a format gets and gives. */
import type { Direction, Energy, EnergySeries, Instant, LoadCurve, LocalDay, Quality, TempoDay, TimeZone } from '@oya/contract';

export interface ReadOptions {
  /** The installation's time zone: that of local times without an offset. */
  timeZone: TimeZone;
  /** Whether a file that does not tell it holds what was consumed or what was fed in; default: consumed. */
  direction?: Direction | undefined;
}

/** A row that gave no value, and why. */
export interface SkippedRow {
  /** Line of the file, from 1; of a workbook, the row of the sheet. */
  line: number;
  reason: string;
  /** The row as it stands in the file, shortened. */
  text?: string;
}

/** What became of the rows: each is read, empty or skipped; one with several values may be read and have one of them skipped. */
export interface RowCounts {
  /** Rows whose value is in the contents. */
  read: number;
  /** Rows that say themselves that there is no value. */
  empty: number;
  skippedCount: number;
  /** The first hundred skipped rows, by line. */
  skipped: SkippedRow[];
}

/** Of which delivery point something is said. */
interface OfDeliveryPoint {
  /** PRM of 14 digits; PCE of 14 digits, or GI and 6; `null` when the file does not tell it or masks it. */
  deliveryPoint: string | null;
  energy: Energy;
}

/** What flowed: a load curve in W, or days in Wh; holes inside are `null` with quality `m`, never filled. */
export interface MeasuredSeries extends OfDeliveryPoint {
  kind: 'series';
  direction: Direction;
  series: LoadCurve | EnergySeries;
  /** What the file says a kWh cost, summed per series: 10⁻⁵ of `currency`; absent where it says nothing of money. */
  cost?: { currency: string; total: number };
}

/** Consumption between two readings: longer than a day, and of any length. */
export interface MeterPeriod {
  from: LocalDay;
  /** Excluded. */
  to: LocalDay;
  /** Wh, as published; `null` when there is none. */
  energy: number | null;
  /** Gas: dm³, as published. */
  volume: number | null;
  /** As the meter shows them; `null` where the file does not tell. */
  indexStart: number | null;
  indexEnd: number | null;
  quality: Quality;
}

export interface MeasuredPeriods extends OfDeliveryPoint {
  kind: 'periods';
  periods: MeterPeriod[];
}

/** The greatest power of days. */
export interface MaximumPowers extends OfDeliveryPoint {
  kind: 'maximum-power';
  direction: Direction;
  /** Apparent power in VA, as Linky measures it; some exports of the network operator give W. */
  unit: 'VA' | 'W';
  /** Ascending; `at`: when it was reached. */
  days: { day: LocalDay; power: number | null; at: Instant | null; quality: Quality }[];
}

/** What one register showed, ascending in time. */
export interface IndexReadings extends OfDeliveryPoint {
  kind: 'indexes';
  direction: Direction;
  /** `BASE`, `HP`, `HC`, `HPJB`…; else as the file names it. */
  register: string;
  /** Which grid counted: the supplier's registers are those of the contract. */
  grid: 'supplier' | 'distributor';
  unit: 'Wh' | 'dm³';
  readings: { at: Instant; value: number | null; quality: Quality }[];
}

/** What the network operator knows of a contract. */
export interface NetworkContract extends OfDeliveryPoint {
  kind: 'contract';
  subscribedPowerKva: number | null;
  /** As the operator writes it: `BTINFCUST`, `Tarif BT<=36kVA…`. */
  tariff: string | null;
  /** As the operator writes them: `HC (22H30-6H30)`. */
  offPeakHours: string | null;
  from: LocalDay | null;
  /** All else that the file says, by the names it gives: shown to an operator, not acted on. */
  details: Readonly<Record<string, string>>;
}

/** Who may ask for what of a delivery point (GRDF ADICT). */
export interface AccessRights {
  kind: 'access-rights';
  rights: { deliveryPoint: string; state: string; from: LocalDay | null; to: LocalDay | null; details: Readonly<Record<string, string | boolean>> }[];
}

/** EcoWatt: how tense the network will be, by hour: 0 decarbonised, 1 normal, 2 tense, 3 very tense. */
export interface EcoWattDays {
  kind: 'ecowatt';
  /** Ascending; an hour that the signal does not tell is `null`. */
  days: { day: LocalDay; level: 1 | 2 | 3; message: string; generatedAt: Instant; hours: (0 | 1 | 2 | 3 | null)[] }[];
}

export interface TempoDays {
  kind: 'tempo';
  /** Ascending. `isProvisional`: RTE says that it may still change. */
  days: (TempoDay & { isProvisional: boolean })[];
}

export type Content = MeasuredSeries | MeasuredPeriods | MaximumPowers | IndexReadings | NetworkContract | AccessRights | EcoWattDays | TempoDays;

/** What a file says. */
export interface Reading {
  /** At least one; one for each delivery point, direction and kind, with curves and days apart, and each register by itself. */
  contents: Content[];
  rows: RowCounts;
}

/** A file, as readers look at it. */
export interface Source {
  readonly bytes: Uint8Array;
  /** A few thousand characters from the beginning, without byte order mark; of a binary file, what they look like as text. */
  readonly head: string;
  /** The whole file as text; decoded when first asked for. */
  readonly text: string;
  /**
   * The sheets of a workbook, `undefined` for what is none. Opened when first asked for.
   * @throws FormatError when it is a ZIP file that cannot be read as a workbook
   */
  sheets(): Promise<readonly Sheet[] | undefined>;
}

export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
}

/** A `Date` shows in UTC what the cell shows. */
export type Cell = string | number | boolean | Date | null;

/** A format: a file beside this one, and one line in `formats.ts`. */
export interface Reader {
  readonly name: string;
  /** As an operator would call the file. */
  readonly title: string;
  /** Whether a file is of this format; looks at its beginning only. */
  matches(source: Source): boolean | Promise<boolean>;
  /** @throws FormatError when the file as a whole cannot be read; a bad row is skipped and reported instead. */
  read(source: Source, options: ReadOptions): Reading | Promise<Reading>;
}
