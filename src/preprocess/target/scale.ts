/** A change of scale, strictly increasing over the training range, and its inverse; far outside it may be infinite. */
export interface Scale {
  forward(value: number): number;
  backward(value: number): number;
}
