/** Device pixels of a CSS pixel, which change with the screen that a window is moved to, and with its zoom. */
export const pixelRatio = (): number => devicePixelRatio || 1;

/** Calls `changed` whenever they do; returns the function that ends it. */
export function onPixelRatio(changed: () => void): () => void {
  const off = new AbortController();
  const watch = (): void =>
    matchMedia(`(resolution: ${pixelRatio()}dppx)`).addEventListener('change', () => (watch(), changed()), {
      once: true,
      signal: off.signal,
    });
  watch();
  return () => off.abort();
}
