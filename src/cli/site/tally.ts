/**
 * The class tally of `npm run classroom`: slopes that students expected and measured, kept in this process and nowhere
 * else, for whoever in the room asks for them.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Where it is asked for. */
export const TALLY = '/tally';

export interface Entry {
  /** A word that a tab has made up for itself: its later entries replace its earlier ones. */
  readonly who: string;
  readonly chapter: string;
  /** Slopes in n. */
  readonly predicted: number;
  readonly measured: number;
}

/** Entries that a room can have, and bytes of one. */
const MOST = 1000;
const MOST_BYTES = 1000;
const STEEPEST = 100;

export class Tally {
  private readonly entries = new Map<string, Entry>();

  /** Takes an entry as JSON; what is wrong with it in a sentence, or null. */
  add(text: string): string | null {
    const entry = entryOf(text);
    if (typeof entry === 'string') return entry;
    const key = `${entry.chapter} ${entry.who}`;
    if (!this.entries.has(key) && this.entries.size >= MOST)
      return `There are ${MOST} entries already: start npm run classroom again for another class.`;
    this.entries.set(key, entry);
    return null;
  }

  /** Of a chapter, without who sent them. */
  of(chapter: string): Omit<Entry, 'who' | 'chapter'>[] {
    return [...this.entries.values()]
      .filter((entry) => entry.chapter === chapter)
      .map(({ predicted, measured }) => ({ predicted, measured }));
  }
}

function entryOf(text: string): Entry | string {
  let value: Partial<Record<keyof Entry, unknown>>;
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    return 'An entry is JSON: { "who", "chapter", "predicted", "measured" }.';
  }
  if (typeof value !== 'object' || value === null) return 'An entry is an object.';
  const { who, chapter, predicted, measured } = value;
  const words = [who, chapter].every((word) => typeof word === 'string' && /^[\w-]{1,40}$/.test(word));
  const slopes = [predicted, measured].every(
    (slope) => typeof slope === 'number' && Math.abs(slope) <= STEEPEST,
  );
  if (!words) return 'who and chapter are words of 1 to 40 letters.';
  if (!slopes) return `predicted and measured are numbers from −${STEEPEST} to ${STEEPEST}.`;
  return { who, chapter, predicted, measured } as Entry;
}

/** Answers GET /tally?chapter=NAME with its entries, and POST /tally with what is wrong, if anything. */
export async function answer(tally: Tally, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = (status: number, value: unknown): void =>
    void response
      .writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' })
      .end(JSON.stringify(value));
  if (request.method !== 'POST') {
    const chapter = new URL(request.url ?? '', 'http://here').searchParams.get('chapter') ?? '';
    return reply(200, tally.of(chapter));
  }
  let text = '';
  for await (const part of request as AsyncIterable<Buffer>) {
    text += part.toString('utf8');
    if (text.length > MOST_BYTES) return reply(413, { refused: `An entry has at most ${MOST_BYTES} bytes.` });
  }
  const refused = tally.add(text);
  reply(refused === null ? 200 : 400, refused === null ? {} : { refused });
}
