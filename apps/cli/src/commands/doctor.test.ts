// What graft doctor finds here, through the command itself; and what it says where something is missing.

import { describe, expect, it } from 'vitest';
import { importTensorFlow } from '@graftjs/test-utils';
import { runCli } from '../program.js';
import { capturedOutput } from '../testing/captured-output.js';
import { predictionLines } from './diagnose-prediction.js';

describe.runIf(await importTensorFlow())('graft doctor', () => {
  const { printed } = capturedOutput();

  it('--json tells of ONNX Runtime, and that it predicts', async () => {
    expect(await runCli(['doctor', '--json'])).toBe(0);
    const { prediction } = JSON.parse(printed[0] as string) as { prediction: object };
    expect(prediction).toEqual({
      onnxRuntime: {
        version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
        executionProviders: expect.arrayContaining(['cpu']) as string[],
      },
      engine: { name: 'onnxruntime' },
    });
    printed.length = 0;
    expect(await runCli(['doctor'])).toBe(0);
    expect(printed[0]).toMatch(/^ONNX Runtime \d+\.\d+\.\d+, computes on cpu/m);
    expect(printed[0]).toMatch(/^Predictions {2}computed by ONNX Runtime$/m);
  });
});

it('says what to install, and what predicts without it', () => {
  const missing = 'onnxruntime-node is not installed';
  const engine = { name: 'tfjs', reason: missing } as const;
  expect(predictionLines({ onnxRuntime: { missing }, engine })).toEqual([
    ['ONNX Runtime', `${missing}; run: npm install --ignore-scripts onnxruntime-node`],
    ['Predictions', `computed by TensorFlow, folded (${missing})`],
  ]);
});

it('says that nothing predicts without a backend', () => {
  const onnxRuntime = { version: '1.30.0', executionProviders: ['cpu', 'webgpu'] };
  expect(predictionLines({ onnxRuntime, engine: null })).toEqual([
    ['ONNX Runtime', '1.30.0, computes on cpu, webgpu'],
    ['Predictions', 'none without a backend'],
  ]);
});
