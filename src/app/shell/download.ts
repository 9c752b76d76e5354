/** Files from the page to the person's computer. */
import type { Config } from '../../core/config/config.ts';

export const jsonText = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

export function saveFile(name: string, content: Blob): void {
  const anchor = document.createElement('a');
  const url = URL.createObjectURL(content);
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function saveJson(name: string, value: object): void {
  saveFile(name, new Blob([jsonText(value)], { type: 'application/json' }));
}

/** The run for the command line, and for the page itself. */
export function saveConfig(config: Config): void {
  saveJson('config.json', config);
}
