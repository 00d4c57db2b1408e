const NARROW = '\u202f';

/** Grouped as it is printed and read aloud: `08 123 456 789 012`; whoever copies it may keep the spaces. */
export function groupedDeliveryPoint(point: string): string {
  return /^\d{14}$/.test(point) ? [point.slice(0, 2), point.slice(2, 5), point.slice(5, 8), point.slice(8, 11), point.slice(11)].join(NARROW) : point;
}
