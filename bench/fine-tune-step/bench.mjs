// A step of fine-tuning: Graft beside Keras and PyTorch, in turn.

import { median, runNode, runPython, runWith } from '../lib/measure.mjs';
import { publish } from '../lib/results.mjs';
import { torchPython } from '../lib/torch.mjs';
import { BATCH_SIZE, CLASSES, SIZE, STEPS, WARM } from './task.mjs';

/** @param rounds as many as are run: `npm run bench -- fine-tune-step 5` */
export async function bench([given = '5']) {
  const rounds = Number(given);
  if (!(Number.isSafeInteger(rounds) && rounds >= 1)) {
    throw new Error(`rounds must be an integer of at least 1. Received: ${given}`);
  }
  const numbers = [SIZE, BATCH_SIZE, CLASSES, WARM, STEPS].map(String);
  const torch = torchPython();
  const sides = {
    Graft: () => runNode('./graft.mjs', [], import.meta.url),
    Keras: () => runPython('./keras_step.py', numbers, import.meta.url),
    PyTorch: () => runWith(torch, './torch_step.py', numbers, import.meta.url),
  };
  const found = Object.fromEntries(Object.keys(sides).map((side) => [side, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [side, run] of Object.entries(sides)) found[side].push(run());
  }
  const summary = (side) => {
    const results = found[side];
    return {
      // A round in which another program ran is slow in all of its steps: the median of the rounds leaves it out.
      clock: median(results.map(({ seconds }) => median(seconds))),
      fastest: Math.min(...results.flatMap(({ seconds }) => seconds)),
      processor: median(results.map(({ processorSeconds }) => median(processorSeconds))),
      memory: median(results.map(({ peakMegabytes }) => peakMegabytes)),
    };
  };
  const all = Object.fromEntries(Object.keys(sides).map((side) => [side, summary(side)]));
  const milliseconds = (seconds) => (1000 * seconds).toFixed(0);
  const ratio = (name, side, to) => (all[side][name] / all[to][name]).toFixed(2);
  publish('fine-tune-step', {
    title: 'A step of fine-tuning MobileNetV2',
    how:
      `MobileNetV2 at ${SIZE} pixels with a head of ${CLASSES} classes, batches of ${BATCH_SIZE}, all layers trained by Adam. ` +
      `${rounds} rounds in turn, each in a process of its own with ${WARM} steps to warm up and ${STEPS} that count. Times are ` +
      'medians of the rounds’ medians; on a busy machine the processor’s seconds and the fastest step tell more than the ' +
      'clock. PyTorch runs in channels_last, with the fused Adam.',
    versions: Object.assign({}, ...Object.values(found).map(([{ versions }]) => versions)),
    header: [
      ...['side', 'ms a step', 'fastest', 'ms of the processor', 'to Keras', 'to PyTorch'],
      ...['processor to Keras', 'to PyTorch', 'peak memory, MB'],
    ],
    rows: Object.entries(all).map(([side, { clock, fastest, processor, memory }]) => [
      ...[side, milliseconds(clock), milliseconds(fastest), milliseconds(processor)],
      ...[ratio('clock', side, 'Keras'), ratio('clock', side, 'PyTorch')],
      ...[ratio('processor', side, 'Keras'), ratio('processor', side, 'PyTorch')],
      Math.round(memory),
    ]),
  });
}
