/**
 * What a part of a bar or a stretch of the time axis stands for. Peak and off-peak differ in lightness; the colours of
 * Tempo are for the whole day or its peak hours, and lighter with `-off-peak`. A tone never stands without its word.
 */
export type Tone = 'peak' | 'off-peak' | TempoColour | `${TempoColour}-off-peak`;
type TempoColour = 'blue' | 'white' | 'red';
