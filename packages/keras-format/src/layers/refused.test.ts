// Every layer that Keras exports is either supported, with a case in the layer matrix, or refused with a reason.

import '@tensorflow/tfjs-backend-cpu';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { buildModel } from '../build-model.js';
import { layerClasses } from './index.js';
import { refused } from './refused.js';

const url = new URL('../../../../reference/fixtures/layer-exports/exports.json', import.meta.url);
const exports = JSON.parse(readFileSync(url, 'utf8')) as Record<string, string>;
const classes = [...new Set(Object.values(exports))];

it('knows every layer of Keras', () => {
  const supported = classes.filter((name) => Object.hasOwn(layerClasses, name));
  expect(classes.filter((name) => !supported.includes(name)).sort()).toEqual(
    Object.keys(refused).sort(),
  );
});

it.each(Object.entries(refused))(
  'refuses %s by its class, its path, the file and the reason',
  (className, reason) => {
    const input = { class_name: 'InputLayer', config: { name: 'x', batch_shape: [null, 2] } };
    const layer = { class_name: className, config: { name: 'strange' } };
    const sequential = (name: string, layers: object[]) => ({
      class_name: 'Sequential',
      config: { name, layers },
    });
    const topology = sequential('outer', [input, sequential('inner', [input, layer])]);
    expect(() => buildModel({ topology, weights: new Map() }, 'model.keras')).toThrow(
      `layer "inner/strange" (${className}) in model.keras is not supported: ${reason}`,
    );
  },
);

it('says so in the README (GRAFT_UPDATE=1 writes it anew)', () => {
  const readme = new URL('../../README.md', import.meta.url);
  const text = readFileSync(readme, 'utf8');
  const reasons = [...new Set(Object.values(refused))];
  const lines = reasons.map((reason) => {
    const names = Object.keys(refused).filter((name) => refused[name] === reason);
    return `- ${names.join(', ')}: ${reason}`;
  });
  const [before, , after] = text.split(/^<!-- refused -->$/m) as [string, string, string];
  const current = `${before}<!-- refused -->\n\n${lines.join('\n')}\n\n<!-- refused -->${after}`;
  if (process.env.GRAFT_UPDATE) writeFileSync(readme, current);
  else expect(text).toBe(current);
});
