/** Names of which none is another's: one that is there already gets a mark. */
export function distinct(names: readonly string[]): string[] {
  const all = new Set<string>();
  for (const name of names) {
    let own = name;
    while (all.has(own)) own = `${own}_`;
    all.add(own);
  }
  return [...all];
}
