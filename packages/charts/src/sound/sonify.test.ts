import { sendMouse } from '@web/test-runner-commands';
import { expect } from 'chai';
import { pitchOf, play, type Playback, type SoundOptions } from './sonify.ts';

/** What was to be heard. */
interface Tone {
  readonly type: string;
  readonly hertz: number;
}

describe('a chart as sound', () => {
  const options = { min: 0, max: 1000, msPerValue: 20 };
  const heard: Tone[] = [];
  const read: number[] = [];
  const { OscillatorNode: Real } = window;
  let playback: Playback | undefined;

  before(async () => {
    // Browsers make no sound before somebody has pressed something.
    await sendMouse({ type: 'click', position: [5, 5] });
  });

  beforeEach(() => {
    heard.length = read.length = 0;
    window.OscillatorNode = class extends Real {
      constructor(context: BaseAudioContext, given?: OscillatorOptions) {
        super(context, given);
        heard.push({ type: this.type, hertz: Math.round(this.frequency.value) });
      }
    };
  });

  afterEach(() => {
    playback?.stop();
    window.OscillatorNode = Real;
  });

  const start = async (values: readonly (number | null)[], quality: string, more: Partial<SoundOptions> = {}) =>
    (playback = await play(values, quality, { ...options, onValue: (index) => read.push(index), ...more }));

  it('is the higher the higher the value, two octaves in all, and within them beyond the bounds', () => {
    expect(pitchOf(0, 0, 100)).to.equal(220);
    expect(pitchOf(50, 0, 100)).to.equal(440);
    expect(pitchOf(100, 0, 100)).to.equal(880);
    expect(pitchOf(-5, 0, 100)).to.equal(220);
    expect(pitchOf(500, 0, 100)).to.equal(880);
    expect(pitchOf(7, 7, 7)).to.equal(440);
  });

  it('tells each value once, in order, the estimated ones in another timbre and a gap as a tick', async () => {
    await (await start([0, 1000, null, 500], 'remr')).finished;
    expect(read).to.deep.equal([0, 1, 2, 3]);
    expect(heard.map(({ hertz }) => hertz)).to.deep.equal([220, 880, 1200, 440]);
    expect(heard[1]?.type).not.to.equal(heard[0]?.type);
    expect(heard[3]?.type).to.equal(heard[0]?.type);
  });

  it('waits while it is paused, and goes on where it was', async () => {
    const playing = await start([1, 2, 3, 4], 'rrrr');
    playing.pause();
    const before = [...read];
    await rest(100);
    expect(playing.isPaused).to.equal(true);
    expect(read).to.deep.equal(before);
    playing.resume();
    await playing.finished;
    expect(read).to.deep.equal([0, 1, 2, 3]);
  });

  it('is not played twice as fast by pressing twice', async () => {
    const playing = await start([1, 2, 3, 4, 5, 6], 'rrrrrr');
    playing.pause();
    playing.resume();
    playing.pause();
    playing.resume();
    await playing.finished;
    expect(read).to.deep.equal([0, 1, 2, 3, 4, 5]);
  });

  it('can be played slower and faster', async () => {
    const playing = await start([1, 2, 3], 'rrr');
    playing.msPerValue = 10_000;
    await rest(100);
    expect(read).to.deep.equal([0, 1]);
  });

  for (const [cause, act] of Object.entries({
    'stop()': (playing: Playback) => playing.stop(),
    Escape: () => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })),
    'leaving the page': () => dispatchEvent(new Event('pagehide')),
  })) {
    it(`ends with ${cause}`, async () => {
      const playing = await start([1, 2, 3, 4], 'rrrr', { msPerValue: 50 });
      act(playing);
      await playing.finished;
      await rest(120);
      expect(read).to.deep.equal([0]);
    });
  }

  it('ends with its signal, also one that was given before it began', async () => {
    const controller = new AbortController();
    const playing = await start([1, 2, 3], 'rrr', { signal: controller.signal });
    controller.abort();
    await playing.finished;
    await (await start([1, 2], 'rr', { signal: AbortSignal.abort() })).finished;
    expect(read).to.deep.equal([0]);
  });

  it('ends when its chart leaves the document', async () => {
    const chart = document.createElement('div');
    document.body.append(chart);
    const playing = await start([1, 2, 3], 'rrr', { chart });
    chart.remove();
    await playing.finished;
    expect(read).to.deep.equal([0]);
  });

  it('says so where the browser makes no sound', async () => {
    const { AudioContext } = window;
    Object.assign(window, { AudioContext: undefined });
    const complaint = await start([1], 'r').then(() => '', (error: Error) => error.message);
    Object.assign(window, { AudioContext });
    expect(complaint).to.match(/no AudioContext.*table/);
    expect(heard).to.have.length(0);
  });
});

function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
