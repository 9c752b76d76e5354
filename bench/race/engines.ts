/** Our engines by name, as the configuration knows them. */
import { ENGINE_CHOICES } from '../../src/core/config/config.ts';
import type { EngineName } from '../../src/engines/engine.ts';

const isName = (choice: (typeof ENGINE_CHOICES)[number]): choice is EngineName => choice !== 'auto';

export const ENGINES: readonly EngineName[] = ENGINE_CHOICES.filter(isName);
