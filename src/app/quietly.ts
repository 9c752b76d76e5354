/** What a browser or a frame may deny: null where it does, as where there is nothing. */
export function quietly<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
