import { publishApi } from './links/api.ts';
import { App } from './app.ts';
import { keepOffline } from './offline/keep.ts';

const app = new App();
app.ready.catch(() => undefined); // the page itself says what went wrong
publishApi(app.session, () => app.ready);
app.ready.finally(keepOffline).catch(() => undefined); // after the first picture: it fetches every file of the page
