import { serialization } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { classes } from './classes.js';
import * as exported from './index.js';

const isLayerClass = (value: unknown): value is (typeof classes)[number] =>
  typeof value === 'function' && value.prototype instanceof layers.Layer;

it('registers every layer that is exported, under a name of its own', () => {
  const { classNameMap } = serialization.SerializationMap.getMap();
  const stock = Object.keys(classNameMap);
  exported.registerLayers();
  exported.registerLayers();
  const names = classes.map((each) => each.className);
  expect(names).toEqual([...names].sort());
  expect(new Set(classes)).toEqual(new Set(Object.values(exported).filter(isLayerClass)));
  for (const each of classes) {
    expect(each.className).toMatch(/^Graft[A-Z][A-Za-z0-9]+$/);
    expect(stock).not.toContain(each.className);
    expect(classNameMap[each.className]?.[0]).toBe(each);
  }
  expect(classNameMap.graftHardSilu?.[0].className).toBe('graftHardSilu');
});
