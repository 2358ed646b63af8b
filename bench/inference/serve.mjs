// What the sides that run in Node share: they predict when the bench says so, and tell how long it took.

import { createInterface } from 'node:readline';

/** @param prepare gives, for a batch size, a function that predicts a batch and gives its values */
export async function serve(versions, prepare) {
  console.log(JSON.stringify({ versions }));
  const calls = new Map();
  for await (const line of createInterface({ input: process.stdin })) {
    const [batchSize, count] = line.split(' ').map(Number);
    if (!calls.has(batchSize)) calls.set(batchSize, await prepare(batchSize));
    const predict = calls.get(batchSize);
    const started = performance.now();
    let values;
    for (let i = 0; i < count; i++) values = await predict();
    const seconds = (performance.now() - started) / 1000 / count;
    console.log(JSON.stringify({ seconds, largest: values.reduce((a, b) => Math.max(a, b)) }));
  }
}
