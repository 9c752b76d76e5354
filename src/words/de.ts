/** German. */
import { compare } from './de/compare.ts';
import { data } from './de/data.ts';
import { dynamics } from './de/dynamics.ts';
import { fields } from './de/fields.ts';
import { figures } from './de/figures.ts';
import { help } from './de/help.ts';
import { lecture } from './de/lecture.ts';
import { links } from './de/links.ts';
import { measure } from './de/measure.ts';
import { run } from './de/run.ts';
import { save } from './de/save.ts';
import { scenes } from './de/scenes.ts';
import { settings } from './de/settings.ts';
import { shell } from './de/shell.ts';
import { tries } from './de/tries.ts';

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
