/** What a solar roof gives at a moment, from where the sun stands over Carmaux. */

const DAY = 86_400_000;
const DEGREE = Math.PI / 180;
const LATITUDE = 44.05 * DEGREE;
const LONGITUDE = 2.16 * DEGREE;
/** Roofs of the demo look south, at this slope. */
const SLOPE = 30 * DEGREE;
/** Of what the panels could give in the laboratory: heat, cables, inverter. */
const PERFORMANCE = 0.82;

/**
 * Under a clear sky, as a share of the panels' peak power.
 * Direct light after Meinel's fit of air mass, with a tenth for the light of the sky; the sun's place within a quarter of an hour.
 * @param at epoch milliseconds
 */
export function clearSkyShare(at: number): number {
  const declination = -23.44 * DEGREE * Math.cos((2 * Math.PI * (at / DAY + 10)) / 365.2422);
  const hourAngle = 2 * Math.PI * ((at / DAY) % 1) - Math.PI + LONGITUDE;
  const facing = (latitude: number) => Math.sin(declination) * Math.sin(latitude) + Math.cos(declination) * Math.cos(latitude) * Math.cos(hourAngle);
  const height = facing(LATITUDE);
  // A plane that leans south sees the sun as flat ground does that much nearer to the equator.
  const onPanels = facing(LATITUDE - SLOPE);
  if (height <= 0 || onPanels <= 0) return 0;
  return PERFORMANCE * onPanels * 1.1 * 1.353 * 0.7 ** (height ** -0.678);
}
