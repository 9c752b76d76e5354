/** Whether two plain values are one JSON document: the same fields in the same order, the same numbers. */
export const sameJson = (p: unknown, q: unknown): boolean => JSON.stringify(p) === JSON.stringify(q);
