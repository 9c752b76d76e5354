/**
 * The next turn of the event loop, without a delay: it comes when an engine lets others in, not at some time.
 * Free of Node and of vitest.
 */
export const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
