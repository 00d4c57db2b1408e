/** A photo as it is sent: small enough for a phone's connection, and drawn anew, so that neither place nor camera stay in it. */
import { LONGEST_PHOTO_SIDE, PHOTO_QUALITY } from '@oya/contract';

export interface Shrunk {
  readonly blob: Blob;
  /** A small square of the photo. Drawn, not loaded from an address: no policy of a host page keeps it away, and nothing has to be revoked. */
  readonly picture?: HTMLCanvasElement;
}

/** In pixels of the picture, twice as many as of the page. */
const PICTURE_SIDE = 112;

/** What is no photo that this browser reads goes as it is: the portal says what is wrong with it. */
export async function shrunk(file: Blob): Promise<Shrunk> {
  if (!file.type.startsWith('image/')) return { blob: file };
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return { blob: file };
  const scale = Math.min(1, LONGEST_PHOTO_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale))) as [number, number];
  const context = canvas.getContext('2d');
  if (!context) return { blob: file };
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = (await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', PHOTO_QUALITY))) ?? file;
  return { blob, picture: squareOf(canvas) };
}

/** Its middle, as large as it gets. */
function squareOf(photo: HTMLCanvasElement): HTMLCanvasElement {
  const square = document.createElement('canvas');
  square.width = square.height = PICTURE_SIDE;
  const side = Math.min(photo.width, photo.height);
  const context = square.getContext('2d');
  if (context) context.imageSmoothingQuality = 'high';
  context?.drawImage(photo, (photo.width - side) / 2, (photo.height - side) / 2, side, side, 0, 0, PICTURE_SIDE, PICTURE_SIDE);
  return square;
}

export async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  // All at once would be more arguments than a call may have.
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
