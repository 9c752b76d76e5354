/** A configuration that cannot be used: one sentence that names the field, the value and the remedy. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** Of every error of its kind, in every copy of the package. */
  readonly code = 'config';
}
