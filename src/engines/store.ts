/** Keeps one small JSON document. What cannot be read is null; what cannot be written is forgotten. */
export interface Store {
  get(): unknown;
  set(document: unknown): void;
}

/** Of a document that is a list, what is an entry: others are of other versions. */
export function entriesIn<E>(store: Store | undefined, isEntry: (value: unknown) => value is E): E[] {
  const document = store?.get();
  return Array.isArray(document) ? document.filter(isEntry) : [];
}
