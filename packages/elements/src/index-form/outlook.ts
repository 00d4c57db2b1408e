/** What was counted since the last real index, in bounds: what is taken without a question, and what is expected. */
export interface RegisterOutlookShown {
  readonly least: number;
  readonly most: number;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}
