/**
 * How colours are seen: what the tests of the themes measure. Not part of the package's surface.
 */

/** Red, green and blue as amounts of light, 0 to 1. */
type Light = readonly [number, number, number];
type Matrix = readonly [Light, Light, Light];

/** @param hex `#rrggbb`, sRGB; linearised by the transfer function of IEC 61966-2-1 */
function light(hex: string): Light {
  if (!/^#[\da-f]{6}$/.test(hex)) throw new Error(`Not a colour as #rrggbb: ${hex}`);
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** Contrast ratio of WCAG 2.2 (“relative luminance”, “contrast ratio”), 1 to 21. */
export function contrast(one: string, other: string): number {
  const luminance = (hex: string) => dot([0.2126, 0.7152, 0.0722], light(hex));
  const [darker, lighter] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

// Machado, Oliveira, Fernandes: “A Physiologically-based Model for Simulation of Color Vision Deficiency”,
// IEEE Transactions on Visualization and Computer Graphics 15(6), 2009: matrices of severity 1.0, for linear light.
const visions = {
  typical: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
} as const satisfies Record<string, Matrix>;

export type Vision = keyof typeof visions;
export const allVisions = Object.keys(visions) as Vision[];

/**
 * How far apart two colours look: Euclidean distance in Oklab (Ottosson 2020, also in CSS Color 4), × 100.
 * About 2 is just noticed side by side; small marks apart from each other need several times that.
 */
export function difference(one: string, other: string, vision: Vision): number {
  const [a, b] = [one, other].map((hex) => oklab(transform(visions[vision], light(hex)))) as [Light, Light];
  return 100 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

const toCones: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const toOklab: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

function oklab(seen: Light): Light {
  const displayable = seen.map((value) => Math.min(1, Math.max(0, value))) as unknown as Light;
  return transform(toOklab, transform(toCones, displayable).map(Math.cbrt) as unknown as Light);
}

const dot = (a: Light, b: Light): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const transform = (matrix: Matrix, vector: Light): Light => [dot(matrix[0], vector), dot(matrix[1], vector), dot(matrix[2], vector)];
