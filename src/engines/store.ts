/** Keeps one small JSON document. What cannot be read is null; what cannot be written is forgotten. */
export interface Store {
  get(): unknown;
  set(document: unknown): void;
}
