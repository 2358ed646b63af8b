// Models as people write them: `ResNet50V2`, `resnet50v2`, `efficientnet-lite0`.

import { invalidArgument } from '@graftjs/core';
import { modelNames, modelTable, type ModelName } from '@graftjs/model-zoo';

/** @throws GraftError with the nearest names, or all of them */
export function parseModelName(text: string): ModelName {
  const wanted = plain(text);
  const found = modelNames.find((name) => plain(name) === wanted);
  if (found !== undefined) return found;
  const near = modelNames.filter((name) => wanted.length > 2 && plain(name).includes(wanted));
  const names = (near.length > 0 ? near : modelNames).map((name) => modelTable[name].title);
  throw invalidArgument('model', `one of ${names.join(', ')}`, text);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
