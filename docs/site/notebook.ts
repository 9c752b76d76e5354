/** A notebook as a page: its text, its code, and what that has printed. */
import { readFileSync } from 'node:fs';

interface Cell {
  readonly cell_type: 'markdown' | 'code';
  readonly source: readonly string[];
  readonly outputs?: readonly { readonly text: readonly string[] }[];
}

const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

export function notebook(path: string): string {
  const { cells } = JSON.parse(readFileSync(path, 'utf8')) as { cells: readonly Cell[] };
  return cells
    .flatMap(({ cell_type: type, source, outputs = [] }) => {
      const text = source.join('');
      if (type === 'markdown') return [text];
      const printed = outputs.flatMap((output) => output.text).join('');
      return [fenced('python', text), ...(printed ? [fenced('text', printed)] : [])];
    })
    .join('\n\n');
}
