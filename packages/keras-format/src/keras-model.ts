// A Keras model as plain data: the line between files, which know no tfjs, and models, which know no files.

/** An object as Keras writes it into JSON: a layer, a model, an initializer. */
export interface KerasObject {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** A layer or a model within a model. `inbound_nodes` is there in Functional models only: one entry for each call. */
export interface KerasLayer extends KerasObject {
  readonly name?: string;
  /** Where Keras has the class. */
  readonly module?: string;
  readonly inbound_nodes?: readonly unknown[];
}

/** One weight: `data` is row-major. `name` is a path such as `dense/kernel`. */
export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** What a whole-model file holds. A file from outside has any JSON as its topology, until someone looks. */
export interface KerasModel<Topology = unknown> {
  readonly topology: Topology;
  readonly weights: LayerWeights;
  readonly training?: StoredTraining;
}

/** For each layer of a model, in Keras's order, its weights: the trainable ones first, then the others. */
export type LayerWeights = ReadonlyMap<string, readonly NamedArray[]>;

/** How a model was compiled, and how far its optimizer has come. From outside, `compiled` is any JSON. */
export interface StoredTraining {
  readonly compiled: unknown;
  readonly optimizer?: StoredOptimizer;
}

/** The variables of an optimizer: after the number of updates, all others in Keras's order. */
export interface StoredOptimizer {
  readonly iterations: number;
  readonly variables: readonly NamedArray[];
}
