import type { Stage } from './tour.ts';

/** Of the time of playing, the part that steps take: by what the same steps cost when nothing else is done. */
export async function share({ tab }: Stage): Promise<number> {
  return tab.run(async () => {
    await mckean.configure({ model: { width: 65_536 } });
    await mckean.step(2);
    const timed = async (work: () => Promise<unknown>): Promise<number> => {
      const from = performance.now();
      await work();
      return performance.now() - from;
    };
    const alone = 12;
    const before = await timed(() => mckean.step(alone));
    const first = mckean.metrics().step;
    const playing = await timed(async () => {
      await mckean.play();
      while (mckean.metrics().step < first + 60) await new Promise((resolve) => setTimeout(resolve, 20));
      await mckean.pause();
    });
    const played = mckean.metrics().step - first;
    const after = await timed(() => mckean.step(alone));
    return (played * (before + after)) / (2 * alone) / playing;
  });
}
