/** Made by npm run kernels. */
export const KERNELS = {
  'linear-f64': () => import('./linear-f64.ts'),
  'linear-f32': () => import('./linear-f32.ts'),
  'relu-f64': () => import('./relu-f64.ts'),
  'relu-f32': () => import('./relu-f32.ts'),
  'tanh-f64': () => import('./tanh-f64.ts'),
  'sigmoid-f64': () => import('./sigmoid-f64.ts'),
  'erf-f64': () => import('./erf-f64.ts'),
  'gelu-f64': () => import('./gelu-f64.ts'),
  'softplus-f64': () => import('./softplus-f64.ts'),
  'sin-f64': () => import('./sin-f64.ts'),
  'quadratic-f64': () => import('./quadratic-f64.ts'),
  'quadratic-f32': () => import('./quadratic-f32.ts'),
} as const;
