/** Pictures in grey, made such that a reader of print makes out the digits of a display. */
export interface Grey {
  readonly width: number;
  readonly height: number;
  /** Row by row, 0 is black. */
  readonly values: Uint8Array;
}

const LEVELS = 256;
const MIDDLE = 128;
/** What lies beyond is glare and shadow, not digits. */
const DARKEST = 0.02;
const LIGHTEST = 0.98;

/** @param rgba as a canvas has it */
export function greyOf({ width, height, data }: { readonly width: number; readonly height: number; readonly data: ArrayLike<number> }): Grey {
  const values = new Uint8Array(width * height);
  // Weights of Rec. 601, in 256ths.
  for (let index = 0; index < values.length; index++) values[index] = ((data[index * 4] as number) * 77 + (data[index * 4 + 1] as number) * 150 + (data[index * 4 + 2] as number) * 29) >> 8;
  return { width, height, values };
}

/** Each point against its neighbours within `radius`: a shadow over one half of a display is gone. */
export function localContrast({ width, height, values }: Grey, radius: number, gain = 3): Grey {
  // Sums of all above and to the left, so that a mean takes four look-ups whatever the radius.
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += values[y * width + x] as number;
      sums[(y + 1) * stride + x + 1] = (sums[y * stride + x + 1] as number) + row;
    }
  }
  const result = new Uint8Array(values.length);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - radius), Math.min(height, y + radius + 1)];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - radius), Math.min(width, x + radius + 1)];
      const sum = (sums[bottom * stride + right] as number) - (sums[top * stride + right] as number) - (sums[bottom * stride + left] as number) + (sums[top * stride + left] as number);
      const mean = sum / ((right - left) * (bottom - top));
      result[y * width + x] = Math.max(0, Math.min(LEVELS - 1, MIDDLE + ((values[y * width + x] as number) - mean) * gain));
    }
  }
  return { width, height, values: result };
}

/** Print is dark on light; rolls of a meter are light on dark. */
export function darkOnLight(grey: Grey): Grey {
  const counts = new Uint32Array(LEVELS);
  for (const value of grey.values) counts[value] = (counts[value] as number) + 1;
  const middle = (quantile(counts, grey.values.length * DARKEST) + quantile(counts, grey.values.length * LIGHTEST)) / 2;
  let dark = 0;
  for (const value of grey.values) if (value < middle) dark++;
  return dark > grey.values.length / 2 ? { ...grey, values: grey.values.map((value) => LEVELS - 1 - value) } : grey;
}

/** Thickens what is dark, so that the segments of a digit touch. */
export function thicken({ width, height, values }: Grey, radius: number): Grey {
  const result = new Uint8Array(values.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let darkest = LEVELS - 1;
      for (let j = Math.max(0, y - radius); j <= Math.min(height - 1, y + radius); j++) {
        for (let i = Math.max(0, x - radius); i <= Math.min(width - 1, x + radius); i++) {
          if ((i - x) ** 2 + (j - y) ** 2 <= radius ** 2 + 1) darkest = Math.min(darkest, values[j * width + i] as number);
        }
      }
      result[y * width + x] = darkest;
    }
  }
  return { width, height, values: result };
}

/** As a file of portable grey: what the reader takes without a decoder. */
export function pgmOf({ width, height, values }: Grey): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(`P5 ${width} ${height} ${LEVELS - 1}\n`);
  const file = new Uint8Array(head.length + values.length);
  file.set(head);
  file.set(values, head.length);
  return file;
}

function quantile(counts: Uint32Array, rank: number): number {
  let seen = 0;
  for (let value = 0; value < LEVELS; value++) {
    seen += counts[value] as number;
    if (seen > rank) return value;
  }
  return LEVELS - 1;
}
