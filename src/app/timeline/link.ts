/** The address of a page whose run stops by itself after so many steps. */
import { writeGoal } from '../run/goal.ts';

export function momentLink(address: string, step: number): string {
  const url = new URL(address);
  const parts = new URLSearchParams(url.hash.slice(1));
  parts.set('stop', writeGoal({ condition: 'step', value: step }));
  url.hash = parts.toString();
  return url.href;
}
