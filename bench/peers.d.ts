/**
 * The part of the peers' interfaces that the benchmark calls, so that the project type-checks whether they are
 * installed or not. The build takes `peer:` off their names.
 */

declare module 'peer:@jax-js/jax' {
  export type Device = 'wasm' | 'webgpu';
  export interface Array {
    /** One more owner; every call takes over its arguments and `this`. */
    readonly ref: Array;
    add(other: Array | number): Array;
    sub(other: Array | number): Array;
    mul(other: Array | number): Array;
    neg(): Array;
    sum(axis?: number): Array;
    reshape(shape: number[]): Array;
    transpose(): Array;
    slice(...index: ([] | [number, number])[]): Array;
    data(): Promise<Float32Array>;
    dispose(): void;
  }
  export const numpy: {
    array(values: Float32Array, options: { shape: number[]; device: Device }): Array;
    tanh(x: Array): Array;
    matmul(a: Array, b: Array): Array;
    maximum(a: Array, b: number): Array;
    greater(a: Array, b: number): Array;
    where(condition: Array, a: number, b: number): Array;
  };
  export function init(...devices: Device[]): Promise<Device[]>;
  export function defaultDevice(device?: Device): Device;
  export function jit<A extends unknown[], R>(f: (...args: A) => R): (...args: A) => R;
  export function grad(
    f: (w1: Array, w0: Array, x: Array, y: Array) => Array,
    options: { argnums: number[] },
  ): (w1: Array, w0: Array, x: Array, y: Array) => [Array, Array];
  export function blockUntilReady<T>(tree: T): Promise<T>;
}

declare module 'peer:@tensorflow/tfjs-core' {
  export interface Tensor {
    readonly shape: number[];
    data(): Promise<Float32Array>;
    dispose(): void;
  }
  type Shape = [number, number];
  export function setBackend(name: string): Promise<boolean>;
  export function tensor2d(values: Float32Array, shape: Shape): Tensor;
  export function tidy<T>(work: () => T): T;
  export function matMul(a: Tensor, b: Tensor, transposeA?: boolean, transposeB?: boolean): Tensor;
  export function tanh(a: Tensor): Tensor;
  export function relu(a: Tensor): Tensor;
  export function step(a: Tensor): Tensor;
  export function square(a: Tensor): Tensor;
  export function mean(a: Tensor): Tensor;
  export function split(a: Tensor, parts: number, axis: number): Tensor[];
  export function add(a: Tensor, b: Tensor): Tensor;
  export function sub(a: Tensor | number, b: Tensor | number): Tensor;
  export function mul(a: Tensor, b: Tensor | number): Tensor;
  export function grads(f: (...args: Tensor[]) => Tensor): (args: Tensor[], dy?: Tensor) => Tensor[];
  export const version_core: string;
}

declare module 'peer:@tensorflow/tfjs-backend-wasm' {
  export function setWasmPaths(paths: Record<string, string>): void;
  export function setThreadsCount(count: number): void;
}

declare module 'peer:@tensorflow/tfjs-backend-webgpu';
declare module '*.wasm?url' {
  const address: string;
  export default address;
}
