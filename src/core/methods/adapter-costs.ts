/** Made by `npm run costs` from bench/gpu/measured.json: NVIDIA H200, driver 580.159, Dawn 0.6.2, 2026-11-28. Nanoseconds. */
export const DISCRETE = {
  'direct.step': 106000,
  'pair.smooth': 0.000747,
  'pair.plain': 0.0000297,
  coordinate: 0.00021,
  'sector.step': 7510,
  'sector.particle': 0.0223,
  'sector.sample': 2320,
  'mesh.step': 37100,
  'mesh.particle': 0.903,
  'mesh.node': 0.00999,
  'mesh.pair': 0.0000998,
  'mesh.bias.sample': 0.01,
  'mesh.bias.node': 0.0001,
};
