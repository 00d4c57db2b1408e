/** Measures that all themes share. */

/** `--oya-space-1` to `-8`, in CSS pixels: multiples of 4, steps that grow with the distance. */
export const spaces = [4, 8, 12, 16, 24, 32, 48, 64] as const;

/** `--oya-size-1` to `-6`, in rem: the powers −1 to 4 of 1.2, rounded. `--oya-size-2` is the text. */
export const sizes = [0.833, 1, 1.2, 1.44, 1.728, 2.074] as const;

/** Width of the focus ring, and the gap between it and what has the focus, in CSS pixels. */
export const focus = { width: 2, gap: 2 } as const;
