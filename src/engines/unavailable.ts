/** The wished engine or method is not to be had here: one sentence that says why, and what is. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
  /** Of every error of its kind, in every copy of the package. */
  readonly code = 'unavailable';
}
