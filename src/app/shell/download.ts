/** Files from the page to the person's computer. */
import { jsonText } from '../../experiments/portable.ts';

/** `framed`: a file was offered from within a frame, which may not be allowed to save any, and is not told. */
export const downloads = new EventTarget();

export function saveFile(name: string, content: Blob): void {
  const anchor = document.createElement('a');
  const url = URL.createObjectURL(content);
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  if (window !== top) downloads.dispatchEvent(new Event('framed'));
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function saveJson(name: string, value: object): void {
  saveFile(name, new Blob([jsonText(value)], { type: 'application/json' }));
}
