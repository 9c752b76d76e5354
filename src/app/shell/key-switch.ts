/**
 * Whether keys without Ctrl act: who dictates to the machine, or types what is meant for another window, switches them
 * off (WCAG 2.2, 2.1.4). It holds on this device.
 */
import { quietly } from '../quietly.ts';

const NAME = 'mckean keys';
const OFF = 'off';

let on = quietly(() => localStorage.getItem(NAME)) !== OFF;

export const areKeysOn = (): boolean => on;

export function switchKeys(to: boolean): void {
  on = to;
  quietly(() => (to ? localStorage.removeItem(NAME) : localStorage.setItem(NAME, OFF)));
}
