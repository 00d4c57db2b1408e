/** What several looks at one display agree on. */
export interface Look {
  readonly text: string;
  /** Of whoever read it: 0 to 100. */
  readonly confidence: number;
}

/** One that doubts everything still has a vote. */
const VOTE = 10;
export const MOST_CANDIDATES = 3;

/**
 * What was read with the right number of digits, likeliest first: by how many looks saw it, and how sure they were.
 * A frame around the display reads as a 1 at its side, so that a look with more or fewer digits says nothing.
 */
export function candidatesOf(looks: readonly Look[], digits: number): string[] {
  const votes = new Map<string, number>();
  for (const { text, confidence } of looks) {
    const read = text.replaceAll(/\D/g, '');
    if (read.length === digits) votes.set(read, (votes.get(read) ?? 0) + VOTE + confidence);
  }
  return [...votes].sort(([, one], [, other]) => other - one).slice(0, MOST_CANDIDATES).map(([read]) => read);
}

/** A line that was made out in a photo. */
export interface FoundLine extends Look {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const MOST_PLACES = 6;
/** Of the tallest: what is smaller is a type plate or a serial number. */
const LEAST_HEIGHT = 0.35;

/** Where in a photo the display may be: lines of about as many digits, the tallest first, as nothing on a meter is larger. */
export function placesOf(lines: readonly FoundLine[], digits: number): FoundLine[] {
  const fits = ({ text, width, height }: FoundLine) => {
    const { length } = text.replaceAll(/\D/g, '');
    // A frame that was taken for a digit is as high as it likes; a row of digits is wider than high.
    return length >= digits - 2 && length <= digits + 3 && width > height;
  };
  const tallest = lines.filter(fits).toSorted((one, other) => other.height - one.height);
  const places: FoundLine[] = [];
  for (const line of tallest) {
    if (line.height < LEAST_HEIGHT * (tallest[0] as FoundLine).height) continue;
    if (!places.some((place) => isSame(place, line))) places.push(line);
  }
  return places.slice(0, MOST_PLACES);
}

/** What two searches found is looked at once, where they agree to a quarter of its height. */
function isSame(one: FoundLine, other: FoundLine): boolean {
  const most = other.height / 4;
  return (['left', 'top', 'width', 'height'] as const).every((side) => Math.abs(one[side] - other[side]) <= most);
}
