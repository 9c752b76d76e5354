/** What the figures share. */
export const COLOURS = { plain: '#1f5fa8', failed: '#c0392b', faint: '#888' } as const;

export const short = (value: number): string => String(+value.toPrecision(3)).replace('-', '−');
