/** French. */
import { compare } from './fr/compare.ts';
import { data } from './fr/data.ts';
import { dynamics } from './fr/dynamics.ts';
import { fields } from './fr/fields.ts';
import { figures } from './fr/figures.ts';
import { help } from './fr/help.ts';
import { lecture } from './fr/lecture.ts';
import { links } from './fr/links.ts';
import { measure } from './fr/measure.ts';
import { run } from './fr/run.ts';
import { save } from './fr/save.ts';
import { scenes } from './fr/scenes.ts';
import { settings } from './fr/settings.ts';
import { shell } from './fr/shell.ts';
import { tries } from './fr/tries.ts';

export default {
  ...compare,
  ...data,
  ...dynamics,
  ...fields,
  ...figures,
  ...help,
  ...lecture,
  ...links,
  ...measure,
  ...run,
  ...save,
  ...scenes,
  ...settings,
  ...shell,
  ...tries,
};
