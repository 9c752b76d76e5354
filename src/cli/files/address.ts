/** What is kept by its content. */
import { createHash } from 'node:crypto';

/** Characters of an address: 80 bits. */
const ADDRESS = 20;

/** Of content, whatever the order of its fields. */
export function addressOf(content: unknown): string {
  const sorted = JSON.stringify(content, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([p], [q]) => (p < q ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(sorted).digest('hex').slice(0, ADDRESS);
}
