import { publishApi } from './api.ts';
import { App } from './app.ts';

const app = new App(), ready = app.start();
ready.catch(() => undefined); // the page itself says what went wrong
publishApi(app.session, ready);
