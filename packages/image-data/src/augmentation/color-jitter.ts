// Colour jitter: brightness, contrast, saturation and hue at random, in an order at random.

import type { ColorStep } from './color-map.js';
import { between, checkRange, checkUpTo, type Draw, type Random, type Range } from './draw.js';

/** Options of `colorJitter`, those of torchvision: a number f is from 1 − f (at least 0) to 1 + f; hue is −f to f. */
export interface ColorJitterOptions {
  readonly brightness?: number | Range;
  readonly contrast?: number | Range;
  readonly saturation?: number | Range;
  /** In turns of the colour circle, from −0.5 to 0.5. */
  readonly hue?: number | Range;
}

export function colorJitter({ brightness, contrast, saturation, hue }: ColorJitterOptions): Draw {
  const factors = {
    ...(brightness !== undefined && { brightness: factorRange('brightness', brightness) }),
    ...(contrast !== undefined && { contrast: factorRange('contrast', contrast) }),
    ...(saturation !== undefined && { saturation: factorRange('saturation', saturation) }),
    ...(hue !== undefined && { hue: hueRange(hue) }),
  };
  return (random) => {
    const color = Object.entries(factors).map(
      ([name, range]) => ({ [name]: between(random, ...range) }) as unknown as ColorStep,
    );
    return { color: shuffled(color, random) };
  };
}

function factorRange(name: string, range: number | Range): Range {
  const argument = `colorJitter.${name}`;
  if (typeof range !== 'number') return checkRange(argument, range, 0);
  checkUpTo(argument, range);
  return [Math.max(0, 1 - range), 1 + range];
}

function hueRange(range: number | Range): Range {
  if (typeof range === 'number') {
    checkUpTo('colorJitter.hue', range, 0.5);
    return [-range, range];
  }
  checkRange('colorJitter.hue', range, -0.5);
  checkUpTo('colorJitter.hue', Math.max(range[1], 0), 0.5);
  return range;
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
}
