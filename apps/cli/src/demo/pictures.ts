// Test images as pictures that an HTML page holds in itself, with what the model says of them.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { predict } from '@graftjs/training';
import type { Examples } from './data.js';

export interface ClassifiedImage {
  /** A data URI. */
  readonly picture: string;
  readonly truth: string;
  readonly guess: string;
  /** Of the guess. */
  readonly probability: number;
}

export interface ClassifyOptions {
  readonly count: number;
  /** Shows the mistakes before what is right. */
  readonly wrongFirst: boolean;
  readonly encodePng: (image: tf.Tensor3D) => Promise<Uint8Array>;
}

const SIZE = 28;

/** Some images of a set, with the model's answers. */
export async function classify(
  model: LayersModel,
  { xs, ys }: Examples,
  names: readonly string[],
  { count, wrongFirst, encodePng }: ClassifyOptions,
): Promise<ClassifiedImage[]> {
  const output = await predict(model, xs, { batchSize: 500 });
  const [probabilities, labels] = await Promise.all([output.data(), ys.data()]);
  output.dispose();
  const answers = Array.from(labels, (label, index) => ({
    index,
    truth: Number(label),
    ...bestGuess(probabilities, index, names.length),
  }));
  const isWrong = (answer: (typeof answers)[number]) => answer.guess !== answer.truth;
  const order = wrongFirst
    ? [...answers.filter(isWrong), ...answers.filter((answer) => !isWrong(answer))]
    : answers;
  return Promise.all(
    order.slice(0, count).map(async ({ index, truth, guess, probability }) => ({
      picture: await picture(xs, index, encodePng),
      truth: names[truth] as string,
      guess: names[guess] as string,
      probability,
    })),
  );
}

/** The likeliest class of an example; one output is the probability of the second of two classes. */
function bestGuess(probabilities: ArrayLike<number>, index: number, classes: number) {
  const outputs = probabilities.length % classes === 0 && classes > 2 ? classes : 1;
  if (outputs === 1) {
    const second = probabilities[index] as number;
    return second > 0.5 ? { guess: 1, probability: second } : { guess: 0, probability: 1 - second };
  }
  let guess = 0;
  const at = (k: number) => probabilities[index * outputs + k] as number;
  for (let k = 1; k < outputs; k++) if (at(k) > at(guess)) guess = k;
  return { guess, probability: at(guess) };
}

async function picture(
  xs: tf.Tensor2D,
  index: number,
  encodePng: ClassifyOptions['encodePng'],
): Promise<string> {
  const image = tf.tidy(() => {
    const pixels = tf.reshape(tf.slice(xs, [index, 0], [1, SIZE * SIZE]), [SIZE, SIZE, 1]);
    // Fashion-MNIST is white on black; on paper, ink is dark.
    return tf.cast(tf.round(tf.mul(tf.sub(1, pixels), 255)), 'int32') as tf.Tensor3D;
  });
  try {
    return `data:image/png;base64,${Buffer.from(await encodePng(image)).toString('base64')}`;
  } finally {
    image.dispose();
  }
}
