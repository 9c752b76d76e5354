/** The page with everyone. */
import { JAX } from './jax.ts';
import { OURS, serve } from './serve.ts';
import { TFJS } from './tfjs.ts';

serve({ ...OURS, ...JAX, ...TFJS });
