// The parts of tfjs-node's backend that Graft uses, with types that tfjs-node does not publish.

import * as tf from '@tensorflow/tfjs-core';
import { GraftError } from '@graftjs/core';

/** Name under which tfjs-node and tfjs-node-gpu register their backend. */
export const BACKEND_NAME = 'tensorflow';

export type AttributeValue =
  string | number | boolean | readonly string[] | readonly number[] | readonly boolean[];

/** An attribute of an op; `type` is one of the binding's `TF_ATTR_…` numbers. */
export interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: AttributeValue;
}

/** A tensor inside TensorFlow; `dtype` is one of the binding's numbers. */
export interface NativeTensor {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

export type HostValues = tf.backend_util.TypedArray | readonly (number | string | boolean)[];

/** The N-API binding: tfjs-node's C++ half. */
export interface Binding {
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_INT64: number;
  readonly TF_BOOL: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
  readonly TF_Version: string;
  createTensor(shape: number[], dtype: number, values: HostValues): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): tf.backend_util.TypedArray;
  executeOp(
    op: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputs: number,
  ): NativeTensor[];
  loadSavedModel(directory: string, tags: string): number;
  deleteSavedModel(session: number): void;
  runSavedModel(
    session: number,
    inputs: readonly number[],
    inputNames: string,
    outputNames: string,
  ): NativeTensor[];
}

export interface NodeBackend extends tf.KernelBackend {
  binding: Binding;
  readonly isGPUPackage: boolean;
  readonly isUsingGpuDevice: boolean;
  /** The binding's number of a dtype; throws for one that TensorFlow does not get from tfjs. */
  getDTypeInteger(dtype: tf.DataType): number;
  getInputTensorIds(tensors: readonly tf.TensorInfo[]): number[];
  createOutputTensor(native: NativeTensor): tf.Tensor;
  executeSingleOutput(
    op: string,
    attributes: readonly Attribute[],
    inputs: readonly tf.TensorInfo[],
  ): tf.Tensor;
  executeMultipleOutputs(
    op: string,
    attributes: readonly Attribute[],
    inputs: readonly tf.TensorInfo[],
    outputs: number,
  ): tf.Tensor[];
}

/**
 * The backend that tfjs-node registered.
 *
 * @throws GraftError where neither tfjs-node nor tfjs-node-gpu was imported
 */
export function nodeBackend(): NodeBackend {
  const backend = tf.findBackend(BACKEND_NAME);
  if (!backend) {
    throw new GraftError(
      `backend ${BACKEND_NAME} must be registered: import @tensorflow/tfjs-node or @tensorflow/tfjs-node-gpu first`,
    );
  }
  return backend as NodeBackend;
}
