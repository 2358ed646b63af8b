// The epoch of mlp-epoch with a Dropout of 20 % before the last layer, whose masks are drawn anew in each step.

import { compare } from '../mlp-epoch/bench.mjs';

export async function bench() {
  compare(
    'mlp-dropout',
    [['adam', 'dropout']],
    'One epoch of model A with a Dropout of 20 % before its last layer',
  );
}
