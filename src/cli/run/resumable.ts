/** Whether a run may go on as another configuration says: only more steps are the same run. */
import type { Config } from '../../core/config/config.ts';
import { cutValue } from '../../core/words/cut.ts';
import { differenceOf } from '../../core/words/json.ts';
import type { Checkpoint } from './checkpoint.ts';
import { UsageError } from '../errors.ts';
import { VERSION } from '../machine/version.ts';

const refuse = (directory: string, why: string): never => {
  throw new UsageError(`--resume: ${directory} ${why}`);
};

export function checkVersion(directory: string, { version }: Pick<Checkpoint, 'version'>): void {
  if (version !== VERSION)
    refuse(
      directory,
      `was begun by mckean ${cutValue(version)}, and this is ${VERSION}, whose bits may differ: go on with that one or start again with --force`,
    );
}

export function checkSame(directory: string, begun: Checkpoint, config: Config, samples: string): void {
  const found = differenceOf(essence(begun.config), essence(config));
  if (found)
    refuse(
      directory,
      `was begun with ${found.path} = ${shown(found.was)}, not with ${shown(found.is)}: give what it was (dynamics.steps alone may differ), or start again with --force`,
    );
  if (begun.samples !== samples)
    refuse(directory, 'was begun with other numbers in its data: put them back, or start again with --force');
}

/** A choice that was made once is kept; how far a run goes is not what it is. */
const essence = ({ engine: _engine, method: _method, ...rest }: Config): object => ({
  ...rest,
  dynamics: { ...rest.dynamics, steps: 0 },
});

const shown = (value: unknown): string => cutValue(value === undefined ? 'nothing' : JSON.stringify(value));
