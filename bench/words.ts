/** Numbers and tables as text. */
/** Lines of cells, the names first, in columns. */
export function aligned(lines: readonly (readonly string[])[]): string {
  const widths = lines[0].map((_, c) => Math.max(...lines.map((line) => line[c].length)));
  return lines
    .map((line) =>
      line
        .map((cell, c) => cell.padEnd(widths[c]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The same as a Markdown table. */
export function markdown([names, ...lines]: readonly (readonly string[])[]): string {
  const line = (list: readonly string[]): string => `| ${list.join(' | ')} |`;
  return [line(names), line(names.map(() => '---')), ...lines.map(line)].join('\n');
}

/** Three significant digits, without an exponent. */
export function three(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const digits = value === 0 ? 2 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  const text = Number(value.toPrecision(3)).toFixed(Math.min(digits, 20));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** 1e5 for 100000, 2e4 for 20000, and whole numbers that are no such thing as they are. */
export function power(value: number): string {
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  const lead = value / 10 ** exponent;
  return exponent >= 3 && Number.isInteger(Number(lead.toFixed(9)))
    ? `${Number(lead.toFixed(9))}e${exponent}`
    : String(value);
}
