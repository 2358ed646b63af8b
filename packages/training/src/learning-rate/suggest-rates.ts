// Rates read off the curve of a range test, by the four rules of fastai.

import type { RatePoint } from './find-learning-rate.js';

export interface RateSuggestions {
  /** The middle of the longest valley: the longest run of losses each lower than the one before, gaps allowed. */
  readonly valley: number | undefined;
  /** Where the loss falls most steeply over the logarithm of the rate. */
  readonly steep: number | undefined;
  /** Just left of the burst: where the slope was still that of the flat part. */
  readonly slide: number | undefined;
  /** A tenth of the rate with the lowest loss. */
  readonly minimum: number | undefined;
}

/** As fastai: the first tenth is warming up, the last five points are the burst. */
const BURST = 5;

/** Slopes that differ by more than this are not of the same stretch. */
const SLOPE_CHANGE = 0.005;

/** How far apart, in points, the two slopes are that `slide` compares. */
const SLIDE_WIDTH = 15;

/** @param steps the number of updates that the whole test would have made */
export function suggestRates(points: readonly RatePoint[], steps: number): RateSuggestions {
  const middle = points.slice(Math.floor(steps / 10), -BURST);
  const rates = middle.map(({ rate }) => rate);
  const losses = middle.map(({ smoothed }) => smoothed);
  const at = (index: number | undefined) => (index === undefined ? undefined : rates.at(index));
  const lowest = at(indexOfLeast(losses));
  return {
    valley: at(valley(losses)),
    steep: at(steepest(losses, rates)),
    slide: at(slide(losses)),
    minimum: lowest === undefined ? undefined : lowest / 10,
  };
}

function indexOfLeast(values: readonly number[]): number | undefined {
  let best: number | undefined;
  values.forEach((value, i) => {
    if (best === undefined || value < values[best]!) best = i;
  });
  return best;
}

/** A point about halfway through the longest falling subsequence, as if it had no gaps; −1, the last, where it has two. */
function valley(losses: readonly number[]): number | undefined {
  if (losses.length < 2) return undefined;
  const lengths = losses.map(() => 1);
  let end = 0;
  let start = 0;
  for (let i = 1; i < losses.length; i++) {
    for (let j = 0; j < i; j++) {
      if (losses[i]! < losses[j]! && lengths[i]! < lengths[j]! + 1) lengths[i] = lengths[j]! + 1;
    }
    if (lengths[i]! > lengths[end]!) {
      end = i;
      start = end - lengths[end]!;
    }
  }
  const third = (end - start) / 3;
  return start + Math.floor(third) + Math.floor(third / 2);
}

function steepest(losses: readonly number[], rates: readonly number[]): number | undefined {
  const slopes = losses
    .slice(1)
    .map((loss, i) => (loss - losses[i]!) / (Math.log(rates[i + 1]!) - Math.log(rates[i]!)));
  return indexOfLeast(slopes);
}

/** Moves a window from the right end leftwards until both of its ends have the same slope. */
function slide(losses: readonly number[]): number | undefined {
  const n = losses.length;
  if (n <= SLIDE_WIDTH) return undefined;
  const slopes = losses.map((_, i) => {
    const [left, right] = [Math.max(i - 1, 0), Math.min(i + 1, n - 1)];
    return (losses[right]! - losses[left]!) / (right - left);
  });
  let right = n - 1;
  let found = right - SLIDE_WIDTH;
  for (let left = found; left >= 0; left--, right--) {
    if (Math.abs(slopes[right]! - slopes[left]!) <= SLOPE_CHANGE) break;
    found = left;
  }
  return found;
}
