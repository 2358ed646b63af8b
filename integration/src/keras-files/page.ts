// The page of browser.test.ts: reads model files as a page has them, and writes them.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import {
  type BytesSource,
  loadWeightsFromH5,
  modelFromH5,
  modelFromKeras,
  modelToKeras,
  readBytes,
} from '@graftjs/keras-format';

/** What a page may have of a file. */
export type Kind = 'bytes' | 'buffer' | 'blob' | 'file' | 'url';

export interface Outcome {
  readonly outputs: number[][];
  /** Of a download. */
  readonly progress: { readonly loaded: number; readonly total?: number }[];
  /** The model as a `.keras` file. */
  readonly written: number[];
}

interface Values {
  readonly shape: number[];
  readonly values: number[];
}

declare global {
  interface Window {
    read(
      name: string,
      kind: Kind,
      inputs: readonly Values[],
      weights: string | undefined,
    ): Promise<Outcome>;
    refuse(name: string, maxBytes: number): Promise<string>;
  }
}

async function sourceOf(name: string, kind: Kind): Promise<BytesSource> {
  if (kind === 'url') return name;
  const response = await fetch(name);
  if (kind === 'blob') return response.blob();
  const buffer = await response.arrayBuffer();
  if (kind === 'buffer') return buffer;
  return kind === 'file' ? new File([buffer], name) : new Uint8Array(buffer);
}

window.read = async (name, kind, inputs, weights) => {
  const progress: Outcome['progress'] = [];
  const onProgress = (step: Outcome['progress'][number]) => void progress.push(step);
  const bytes = await readBytes(await sourceOf(name, kind), { onProgress });
  const model = await (name.endsWith('.keras') ? modelFromKeras : modelFromH5)(bytes, { name });
  if (weights !== undefined) {
    for (const weight of model.weights) weight.write(tf.zeros(weight.shape as number[]));
    await loadWeightsFromH5(model, await readBytes(weights));
  }
  const outputs = tf.tidy(() => {
    const xs = inputs.map(({ values, shape }) => tf.tensor(values, shape));
    const result = model.predict(xs.length === 1 ? (xs[0] as tf.Tensor) : xs);
    return (Array.isArray(result) ? result : [result]).map((y) => Array.from(y.dataSync()));
  });
  return { outputs, progress, written: Array.from(await modelToKeras(model)) };
};

window.refuse = async (name, maxBytes) => {
  try {
    await readBytes(name, { maxBytes });
    return 'nothing was refused';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
