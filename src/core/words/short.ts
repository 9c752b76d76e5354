/** A number in four digits, without zeros behind them, with a true minus sign; – where there is none. */
export const short = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(4))).replace(/-/g, '−') : '–';
