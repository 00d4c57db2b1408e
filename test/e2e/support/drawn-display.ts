/** Displays of meters as phones see them, drawn in the page: askew, shaded, blurred and noisy, the same for the same seed. */

/** `rolls`: light digits on dark rolls; `print`: dark ones on a lit display; `segments`: of seven each; `meter`: a whole front. */
export type DisplayKind = 'rolls' | 'print' | 'segments' | 'meter';

/** Runs in the page. @returns a PNG */
export async function drawDisplay({ kind: asked, digits, seed }: { kind: DisplayKind; digits: string; seed: number }): Promise<Blob> {
  let state = seed + 1;
  // Mulberry32.
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const count = digits.length;
  const width = 640;
  const height = asked === 'meter' ? 480 : Math.round(width / (count * 0.62));
  const kind = asked === 'meter' ? (['print', 'rolls'] as const)[seed % 2] : asked;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.fillStyle = '#8a8a86';
  context.fillRect(0, 0, width, height);
  context.translate(width / 2, height / 2);
  context.rotate((random() - 0.5) * 0.07);
  context.translate(-width / 2, -height / 2);
  let frame = { x: width * 0.06, y: height * 0.12, width: width * 0.88, height: height * 0.76 };
  if (asked === 'meter') {
    context.fillStyle = '#e9e7e0';
    context.fillRect(width * 0.05, height * 0.03, width * 0.9, height * 0.94);
    context.fillStyle = '#222';
    context.font = '20px "Liberation Sans"';
    context.fillText('COMPTEUR  TYPE A4C  5(60)A  50Hz', width * 0.12, height * 0.16);
    context.fillText(`N° ${Math.floor(random() * 1e9)}`, width * 0.12, height * 0.85);
    frame = { x: width * 0.2, y: height * 0.35, width: width * 0.6, height: height * 0.22 };
    context.fillText('kWh', frame.x + frame.width + 6, frame.y + frame.height * 0.7);
  }
  const isRoll = kind === 'rolls';
  context.fillStyle = isRoll ? '#17171a' : (['#b9c3ae', '#cfd6c4', '#9fb3a0'][seed % 3] as string);
  context.fillRect(frame.x, frame.y, frame.width, frame.height);
  const cell = frame.width / count;
  const tall = frame.height * 0.68;
  const lean = 0.08 * random();
  for (const [index, digit] of [...digits].entries()) {
    const x = frame.x + cell * index;
    const y = frame.y + frame.height * 0.16;
    if (isRoll) {
      context.strokeStyle = '#55555a';
      context.lineWidth = 3;
      context.strokeRect(x + 2, frame.y + 2, cell - 4, frame.height - 4);
    }
    context.fillStyle = isRoll ? '#f0efe8' : '#20261f';
    if (kind === 'segments') {
      const [w, h, t] = [cell * 0.6, tall, cell * 0.6 * 0.16];
      context.save();
      context.transform(1, 0, -lean, 1, x + cell * 0.2 + lean * h, y);
      const across = (top: number) => context.fillRect(t * 0.6, top, w - t * 1.2, t);
      const down = (left: number, top: number) => context.fillRect(left, top + t * 0.6, t, h / 2 - t * 0.9);
      const lit = ['abcdef', 'bc', 'abged', 'abgcd', 'fgbc', 'afgcd', 'afgedc', 'abc', 'abcdefg', 'abfgcd'][Number(digit)] as string;
      const segments: Record<string, () => void> = { a: () => across(0), g: () => across(h / 2 - t / 2), d: () => across(h - t), f: () => down(0, 0), e: () => down(0, h / 2), b: () => down(w - t, 0), c: () => down(w - t, h / 2) };
      for (const segment of lit) segments[segment]?.();
      context.restore();
    } else {
      const font = isRoll ? 'Liberation Sans Narrow' : (['Liberation Sans', 'DejaVu Sans Mono', 'Liberation Mono'][seed % 3] as string);
      context.font = `${isRoll ? 'bold ' : ''}${Math.round(tall * 1.32)}px "${font}"`;
      context.textAlign = 'center';
      // A roll rarely stands quite still.
      const rolled = isRoll ? (random() - 0.5) * tall * 0.12 : 0;
      context.fillText(digit, x + cell / 2, y + tall * 0.97 + rolled);
    }
  }
  context.resetTransform();
  const shade = context.createLinearGradient(0, 0, width, height);
  shade.addColorStop(0, `rgba(255,255,255,${0.25 * random()})`);
  shade.addColorStop(1, `rgba(0,0,0,${0.45 * random()})`);
  context.fillStyle = shade;
  context.fillRect(0, 0, width, height);
  const photo = new OffscreenCanvas(width, height);
  const lens = photo.getContext('2d') as OffscreenCanvasRenderingContext2D;
  lens.filter = `blur(${0.4 + 1.4 * random()}px)`;
  lens.drawImage(canvas, 0, 0);
  const picture = lens.getImageData(0, 0, width, height);
  const grain = 10 + 25 * random();
  for (let index = 0; index < picture.data.length; index += 4) {
    const noise = (random() + random() + random() - 1.5) * grain;
    for (let channel = 0; channel < 3; channel++) picture.data[index + channel] = (picture.data[index + channel] as number) + noise;
  }
  lens.putImageData(picture, 0, 0);
  return photo.convertToBlob();
}
