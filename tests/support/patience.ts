/**
 * How long a test waits for a state before it gives up. Nothing is measured by it: where others work on the
 * machine, everything takes its time.
 */
export const PATIENCE = 300_000;

/** The same for vi.waitFor and vi.waitUntil, with the time between two looks. */
export const WAIT = { timeout: PATIENCE, interval: 50 } as const;
