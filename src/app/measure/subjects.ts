/** What the book Measure can ask: the laws, and the experiments of papers. Each is said the same way, and judged. */
import { ConfigError } from '../../core/config/config.ts';
import { openDensity, openEngine, type Platform } from '../../engines/select.ts';
import type { Judgement } from '../../experiments/measure/judge.ts';
import type { Means } from '../../experiments/measure/lab.ts';
import { measure, plan } from '../../experiments/measure/measure.ts';
import type { Measurement } from '../../experiments/measure/measurement.ts';
import { MEASUREMENT_NAMES, MEASUREMENTS } from '../../experiments/measure/registry.ts';
import { PAPER_NAMES, PAPERS } from '../../experiments/papers/registry.ts';
import { order, reproduce } from '../../experiments/papers/reproduce.ts';
import type { Files } from '../../experiments/data/table.ts';
import { say, sayText } from '../say.ts';

/** What a person reads before it runs. */
export interface Said {
  readonly summary: string;
  /** The statement, and what else there is to know of it. */
  readonly law: string;
  readonly notes: readonly string[];
  readonly links: readonly { readonly text: string; readonly url: string }[];
  readonly control: string;
}

export type Answer = Judgement & { readonly name: string; readonly seconds: number };

export interface Task {
  readonly control: boolean;
  readonly onProgress: (share: number) => void;
  /** What computes, in words. */
  readonly onEngine: (what: string) => void;
  readonly signal: AbortSignal;
  readonly platform: Platform;
}

export interface Subject {
  readonly group: 'laws' | 'papers';
  readonly title: string;
  readonly say: () => Promise<Said>;
  readonly run: (task: Task) => Promise<Answer>;
  /** Of a paper: the preset that shows it. */
  readonly preset?: string;
}

const refused = (path: string): Promise<never> =>
  Promise.reject(new ConfigError(say('{path} cannot be read by a page', { path })));
const NO_FILES: Files = { readBytes: refused, note: () => undefined };

/** The page's own engines in float64, whatever computes the run beside it. */
const meansOf = ({ platform, onEngine, onProgress, signal }: Task): Means => ({
  open: async (problem) => (await openEngine({ engine: 'cpu', method: 'auto' }, problem, platform)).engine,
  onEngine: ({ adapter, precision }) => onEngine(`${adapter}, ${precision}`),
  density: (problem) => openDensity('cpu', problem, platform),
  files: NO_FILES,
  onProgress,
  signal,
});

const laws = MEASUREMENT_NAMES.map((name): Subject => {
  const { summary, law, control, defaults }: Measurement = MEASUREMENTS[name];
  const widths = defaults.widths.map((n) => n.toLocaleString('en')).join(', ');
  const notes = [
    say('n = {widths}; {replicas} replicas', { widths, replicas: defaults.replicas.toLocaleString('en') }),
  ];
  return {
    group: 'laws',
    title: name,
    say: () => Promise.resolve({ summary, law, notes, links: [], control: control.summary }),
    run: (task) => measure(plan(name, { given: { engine: 'cpu' }, control: task.control }), meansOf(task)),
  };
});

const papers = PAPER_NAMES.map((name): Subject => {
  const { title, summary, config, paper } = PAPERS[name];
  return {
    group: 'papers',
    title: sayText(title),
    preset: name,
    say: async () => {
      const { citations, claim, differs, look, control } = await paper();
      const links = citations.map((one) => ({
        text: `${one.authors} ${one.year}: ${one.title}`,
        url: one.url,
      }));
      return {
        summary: sayText(summary),
        law: claim,
        notes: [differs, say('To see it run: {look}', { look })],
        links,
        control,
      };
    },
    run: (task) => reproduce(order(name, { config, control: task.control }), meansOf(task)),
  };
});

export const SUBJECTS: Readonly<Record<string, Subject>> = Object.fromEntries([
  ...MEASUREMENT_NAMES.map((name, k) => [name, laws[k]] as const),
  ...PAPER_NAMES.map((name, k) => [name, papers[k]] as const),
]);
