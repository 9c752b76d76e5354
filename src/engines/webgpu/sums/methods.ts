/** How each method sums on a GPU. A method on a grid lays its sums anew where the particles go (grids.ts). */
import { directSums } from './direct.ts';
import { sectorSums } from './sector.ts';
import type { Method } from '../../engine.ts';
import type { OpenSums } from './sums.ts';

export const GPU_METHODS: Readonly<Record<Method, OpenSums | 'grid'>> = {
  direct: directSums,
  sector: sectorSums,
  mesh: 'grid',
};
