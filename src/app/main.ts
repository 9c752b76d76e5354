import { publishApi } from './links/api.ts';
import { App } from './app.ts';
import { keepOffline } from './offline/keep.ts';

const app = new App();
app.ready.catch(() => undefined); // the page itself says what went wrong
publishApi(app.session, () => app.ready);
// after the first picture: one fetches what it can do without, the other every file of the page
app.ready
  .finally(async () => (await import('./later.ts')).beginLater(app))
  .catch(() => undefined)
  .finally(keepOffline)
  .catch(() => undefined);
