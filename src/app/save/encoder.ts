/** Pictures become a film, by WebCodecs. The only file that knows mediabunny. */
import {
  BufferTarget,
  CanvasSource,
  getEncodableVideoCodecs,
  Mp4OutputFormat,
  Output,
  Quality,
  WebMOutputFormat,
  type VideoCodec,
} from 'mediabunny';
import type { FilmFormat } from './formats.ts';
import { say } from '../say.ts';

/** What players everywhere know comes first. */
const FORMATS: Readonly<
  Record<
    FilmFormat,
    {
      readonly type: string;
      readonly codecs: readonly VideoCodec[];
      readonly open: () => WebMOutputFormat | Mp4OutputFormat;
    }
  >
> = {
  webm: { type: 'video/webm', codecs: ['vp9', 'vp8', 'av1'], open: () => new WebMOutputFormat() },
  mp4: {
    type: 'video/mp4',
    codecs: ['avc', 'hevc', 'av1', 'vp9'],
    open: () => new Mp4OutputFormat({ fastStart: 'in-memory' }),
  },
};

const QUALITY = new Quality('high');

export interface Encoder {
  /** Takes the sheet as it is now; resolves when the next picture may come. */
  add(): Promise<void>;
  finish(): Promise<Blob>;
  cancel(): Promise<void>;
}

/**
 * For pictures of the sheet at `rate` frames a second. Rejects with a sentence where this browser has no
 * encoder for them.
 */
export async function openEncoder(
  sheet: HTMLCanvasElement,
  format: FilmFormat,
  rate: number,
): Promise<Encoder> {
  const { codecs, type } = FORMATS[format];
  const { width, height } = sheet;
  // WebKit on Linux ends the tab where an encoder is asked for before its media are awake
  document.createElement('video').canPlayType(type);
  const named = await getEncodableVideoCodecs([...codecs], { width, height, quality: QUALITY });
  for (const codec of named) if (await works(sheet, format, codec)) return begin(sheet, format, rate, codec);
  throw new Error(
    say(
      'this browser has no encoder for {format} of {width} × {height} pixels ({codecs}): choose another format or size',
      { format: format.toUpperCase(), width, height, codecs: codecs.join(', ') },
    ),
  );
}

/** Some encoders say that they can, and fail at the first picture. */
async function works(sheet: HTMLCanvasElement, format: FilmFormat, codec: VideoCodec): Promise<boolean> {
  const trial = await begin(sheet, format, 1, codec);
  try {
    await trial.add();
    await trial.finish();
    return true;
  } catch {
    await trial.cancel().catch(() => undefined);
    return false;
  }
}

async function begin(
  sheet: HTMLCanvasElement,
  format: FilmFormat,
  rate: number,
  codec: VideoCodec,
): Promise<Encoder> {
  const { type, open } = FORMATS[format];
  const target = new BufferTarget();
  const output = new Output({ format: open(), target });
  const source = new CanvasSource(sheet, { codec, quality: QUALITY });
  output.addVideoTrack(source, { frameRate: rate });
  await output.start();
  let frames = 0;
  const failed = (error: unknown): never => {
    throw new Error(
      say(
        'the encoder ({codec}) failed at frame {frames} ({message}): choose another format or a smaller size',
        { codec, frames, message: String((error as Error).message).replace(/\.$/, '') },
      ),
    );
  };
  return {
    add: () => source.add(frames++ / rate, 1 / rate).catch(failed),
    finish: async () => {
      await output.finalize().catch(failed);
      return new Blob([target.buffer!], { type });
    },
    cancel: () => output.cancel(),
  };
}
