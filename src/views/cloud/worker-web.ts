/** Entry of the worker that draws the cloud: one order in, one answer out; a failure is the last answer. */
import { CloudPainter, type Look } from './painter.ts';
import type { Answer, Order } from './worker.ts';

/** Milliseconds after which a lost context is given up: a browser that gives it back does so at once. */
const PATIENCE = 2000;

/** Milliseconds after which nobody is thought to look. */
const UNSEEN = 200;

const page = self as unknown as Worker & Partial<AnimationFrameProvider>;
const tell = (answer: Answer): void => page.postMessage(answer);
const fail = (error: unknown): void => tell({ failed: String(error) });

let painter: CloudPainter | null = null;
let last: Look | null = null;

function open(canvas: OffscreenCanvas): CloudPainter {
  const opened = new CloudPainter(canvas);
  let giveUp: ReturnType<typeof setTimeout> | undefined;
  canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault(); // without this the browser never gives the context back
    opened.lose();
    giveUp = setTimeout(() => fail('its context was lost'), PATIENCE);
  });
  canvas.addEventListener('webglcontextrestored', () => {
    clearTimeout(giveUp);
    try {
      opened.restore();
      if (last) opened.draw(last);
    } catch (error) {
      fail(error);
    }
  });
  return opened;
}

/** Until the browser wants another picture, and so has this one; a page that is not seen wants none. */
const shown = (): Promise<unknown> =>
  new Promise((resolve) => {
    page.requestAnimationFrame?.(resolve);
    setTimeout(resolve, UNSEEN);
  });

async function carryOut({ canvas, size, source, look }: Order): Promise<void> {
  if (canvas) painter = open(canvas);
  if (!painter) return;
  if (size) painter.resize(size);
  if (source) painter.setSource(source);
  if (look) painter.draw(look);
  last = look ?? last;
  await shown();
  const { drawn, speedRange } = painter;
  tell({ drawn, speedRange });
}

page.addEventListener('message', (event: MessageEvent<Order>) => void carryOut(event.data).catch(fail));
