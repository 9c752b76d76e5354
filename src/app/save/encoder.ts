/** Pictures become a film, by WebCodecs. The only file that knows mediabunny. */
import {
  BufferTarget,
  CanvasSource,
  getFirstEncodableVideoCodec,
  Mp4OutputFormat,
  Output,
  Quality,
  WebMOutputFormat,
  type VideoCodec,
} from 'mediabunny';
import type { FilmFormat } from './formats.ts';

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
  const { type, codecs, open } = FORMATS[format];
  const { width, height } = sheet;
  const quality = new Quality('high');
  const codec = await getFirstEncodableVideoCodec([...codecs], { width, height, quality });
  if (!codec)
    throw new Error(
      `this browser has no encoder for ${format.toUpperCase()} of ${width} × ${height} pixels (${codecs.join(', ')}): choose another format or size`,
    );
  const target = new BufferTarget();
  const output = new Output({ format: open(), target });
  const source = new CanvasSource(sheet, { codec, quality });
  output.addVideoTrack(source, { frameRate: rate });
  await output.start();
  let frames = 0;
  return {
    add: () => source.add(frames++ / rate, 1 / rate),
    finish: async () => {
      await output.finalize();
      return new Blob([target.buffer!], { type });
    },
    cancel: () => output.cancel(),
  };
}
