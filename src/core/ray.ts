/** A half line in the space of θ, or a line. */
export interface Ray {
  /** Rows of θ [width]: it begins at the first and goes through the other. */
  readonly from: readonly number[];
  readonly through: readonly number[];
  /** Whether it goes on behind the first. */
  readonly isLine: boolean;
}
