/** Icons as systems want them, from a utility's logo: drawn by the same library that makes customers' photos anew on the server. */
import sharp from 'sharp';
import { Problem } from '../problem.ts';

export interface Icon {
  readonly file: string;
  readonly size: number;
  /** As the manifest says it; absent for what the page itself names. */
  readonly purpose?: 'any' | 'maskable';
  readonly bytes: Uint8Array;
}

/** What share of its side the logo takes on a ground. A system may cut all but a circle of 80 %. */
const SHARE = { maskable: 0.6, apple: 0.7 };
/** An SVG says its size in points of a sheet: drawn so much larger first, none of its edges is coarse. */
const DENSITY = 1200;

/** @throws Problem when the logo cannot be drawn */
export async function drawIcons(logo: Uint8Array, ground: string): Promise<Icon[]> {
  const plain = (size: number) => drawn(logo, size).png({ compressionLevel: 9 }).toBuffer();
  const grounded = async (size: number, share: number) => {
    const side = Math.round(size * share);
    const input = await plain(side);
    return sharp({ create: { width: size, height: size, channels: 4, background: ground } })
      .composite([{ input, gravity: 'centre' }])
      .removeAlpha()
      .png({ compressionLevel: 9 })
      .toBuffer();
  };
  try {
    return [
      { file: 'icon-192.png', size: 192, purpose: 'any', bytes: await plain(192) },
      { file: 'icon-512.png', size: 512, purpose: 'any', bytes: await plain(512) },
      { file: 'icon-maskable-192.png', size: 192, purpose: 'maskable', bytes: await grounded(192, SHARE.maskable) },
      { file: 'icon-maskable-512.png', size: 512, purpose: 'maskable', bytes: await grounded(512, SHARE.maskable) },
      { file: 'apple-touch-icon.png', size: 180, bytes: await grounded(180, SHARE.apple) },
    ];
  } catch (error) {
    throw new Problem(`The logo cannot be drawn: ${(error as Error).message}. It must be an SVG without anything from elsewhere in it.`);
  }
}

function drawn(logo: Uint8Array, size: number) {
  return sharp(logo, { density: DENSITY }).resize(size, size, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } });
}
