/** The page with our engines alone: it builds without the peers' packages. */
import { OURS, serve } from './serve.ts';

serve(OURS);
