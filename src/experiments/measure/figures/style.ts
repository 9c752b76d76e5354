/** What the figures share. */
import type { Legend, Mark } from 'vega';

export const COLOURS = { plain: '#1f5fa8', failed: '#c0392b', faint: '#888' } as const;

export const short = (value: number): string => String(+value.toPrecision(3)).replace('-', '−');

/** Height of a line of a legend. */
const LINE = 17;

/** Colours of the scale `colour` and their names, below a panel. */
export const LEGEND: Legend = {
  fill: 'colour',
  orient: 'bottom',
  direction: 'vertical',
  labelFontSize: 12,
  labelLimit: 0,
  symbolSize: 50,
};

/** Of one curve, or of several. */
export const coloursOf = (names: readonly string[]) => ({
  name: 'colour',
  type: 'ordinal' as const,
  domain: [...names],
  range: names.length === 1 ? [COLOURS.plain] : { scheme: 'tableau10' },
});

/** Rows of `data` as dots at (x, `value`) with their intervals, low to high; `colour` is a field of theirs. */
export const dotsOf = (data: string, value: string, colour: string): Mark[] => {
  const x = { scale: 'x', field: 'x' };
  const y = (field: string) => ({ scale: 'y', field });
  const fill = { scale: 'colour', field: colour };
  return [
    {
      type: 'rule',
      from: { data },
      encode: { update: { x, y: y('low'), y2: y('high'), stroke: fill, strokeWidth: { value: 1.5 } } },
    },
    { type: 'symbol', from: { data }, encode: { update: { x, y: y(value), fill, size: { value: 36 } } } },
  ];
};

/** How panels stand in their rows, with legends of at most so many lines. */
export const layoutOf = (columns: number, lines: number) => ({
  columns,
  padding: { row: 80 + LINE * lines, column: 70 },
  bounds: 'flush' as const,
  align: 'each' as const,
});
