// The parts of ONNX Runtime's packages that are used here: onnxruntime-node, onnxruntime-web and their kin have them alike.

export interface OnnxRuntime {
  readonly InferenceSession: {
    create(model: Uint8Array, options: SessionOptions): Promise<Session>;
  };
  readonly Tensor: new (
    type: 'float32' | 'int32',
    data: Float32Array | Int32Array,
    dims: readonly number[],
  ) => RuntimeTensor;
  readonly env: { readonly wasm: WasmSettings };
}

/** Where onnxruntime-web has its WebAssembly, and how many threads that runs; others ignore them. */
export interface WasmSettings {
  wasmPaths?: unknown;
  numThreads?: number;
}

export interface SessionOptions {
  readonly graphOptimizationLevel?: 'all';
  readonly logSeverityLevel?: 4;
  readonly intraOpNumThreads?: number;
  readonly executionProviders?: readonly string[];
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(
    feeds: Readonly<Record<string, RuntimeTensor>>,
  ): Promise<Readonly<Record<string, RuntimeTensor>>>;
  release(): Promise<void>;
}

export interface RuntimeTensor {
  readonly dims: readonly number[];
  readonly data: unknown;
  dispose(): void;
}
