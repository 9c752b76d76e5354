/** Files from the page to the person's computer. */
import type { Config } from '../core/config.ts';

export function saveFile(name: string, content: Blob): void {
  const anchor = document.createElement('a'), url = URL.createObjectURL(content);
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The run for the command line, and for the page itself. */
export function saveConfig(config: Config): void {
  saveFile('config.json', new Blob([`${JSON.stringify(config, null, 2)}\n`], { type: 'application/json' }));
}
