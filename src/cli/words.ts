/** How the command line speaks of counts, times and slopes. */

/** Seconds as people say them. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${Number((seconds / 3600).toPrecision(2))} h`;
}

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** Two digits behind the point, as slopes are compared. */
export const slopeWords = (value: number): string => {
  const text = value.toFixed(2).replace(/^-0\.00$/, '0.00');
  return text.replace('-', '−');
};
