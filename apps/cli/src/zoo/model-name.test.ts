import { expect, it } from 'vitest';
import { modelNames, modelTable } from '@graftjs/model-zoo';
import { parseModelName } from './model-name.js';

it('knows each model by its function and by its title, whatever the case', () => {
  for (const name of modelNames) {
    for (const text of [name, name.toUpperCase(), modelTable[name].title]) {
      expect(parseModelName(text)).toBe(name);
    }
  }
  expect(parseModelName('efficientnet_lite0')).toBe('efficientNetLite0');
});

it('names what was perhaps meant', () => {
  expect(() => parseModelName('densenet')).toThrow(
    'model must be one of DenseNet121, DenseNet169, DenseNet201. Received: "densenet"',
  );
  expect(() => parseModelName('bert')).toThrow(
    /^model must be one of AlexNet, DenseNet121, .*"bert"$/,
  );
});
