import { THEMES } from '../views/palette.ts';

/** How <mckean-cloud> looks where the page says nothing else of it. */
export const STYLE = `
:host { display: block; position: relative; aspect-ratio: 4 / 3; background: ${THEMES.dark.ground}; overflow: hidden; }
:host([hidden]) { display: none; }
:host([theme='light']) { background: ${THEMES.light.ground}; }
:host > div:first-child { position: absolute; inset: 0; }
.key { position: absolute; left: 8px; bottom: 6px; pointer-events: none; }
p { position: absolute; inset: auto 8px 8px; margin: 0; font: 14px system-ui, sans-serif; color: #fff; background: #a1151a; }
p:empty { display: none; }
p:not(:empty) { padding: 6px 8px; border-radius: 4px; }
`;
