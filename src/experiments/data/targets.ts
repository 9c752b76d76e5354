/** Targets as what a table has of them: numbers, or labels that are classes. */
import { ConfigError } from '../../core/config/config.ts';
import type { Table } from '../../core/datasets.ts';
import { classify, type Label } from '../../core/labels.ts';

/** What a table has of targets that are numbers [rows, c]. */
export const numbered = (
  y: Float64Array,
  names: readonly string[],
): Pick<Table, 'target' | 'outputs' | 'y'> => ({
  target: names.join(', '),
  y,
  ...(names.length > 1 && { outputs: names }),
});

/** The same of labels. */
export function labelled(
  cells: readonly Label[],
  target: string,
  oneHot: boolean,
): Pick<Table, 'target' | 'outputs' | 'labels' | 'y'> {
  const { labels, c, y } = classify(cells, oneHot);
  if (labels.length < 2)
    throw new ConfigError(
      `data.target = "${target}": every row has the label "${labels[0]}", give at least two`,
    );
  return { target, labels, y, ...(c > 1 && { outputs: labels.map(String) }) };
}
