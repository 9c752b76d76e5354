/**
 * Keeps the built page for times without a network. Where that cannot be (plain http, a certificate that is not
 * trusted) nothing else is lost.
 */
export function keepOffline(): void {
  if (import.meta.env.MODE !== 'production' || !('serviceWorker' in navigator)) return;
  navigator.serviceWorker.register('service-worker.js').catch(() => undefined);
}
