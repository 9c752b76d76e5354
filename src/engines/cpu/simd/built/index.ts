/** Made by npm run kernels. */
export const KERNELS = {
  'linear-f64': () => import('./linear-f64.ts'),
  'linear-f32': () => import('./linear-f32.ts'),
  'relu-f64': () => import('./relu-f64.ts'),
  'relu-f32': () => import('./relu-f32.ts'),
  'quadratic-f64': () => import('./quadratic-f64.ts'),
  'quadratic-f32': () => import('./quadratic-f32.ts'),
  'tanh-f64': () => import('./tanh-f64.ts'),
  'mesh-f64': () => import('./mesh-f64.ts'),
} as const;
