// A rule that TensorFlow's own op no longer computes, since something was added to it.

import type { UpdateRule } from '@graftjs/core';

export function withoutNative({ tensorflow: _, ...rule }: UpdateRule): UpdateRule {
  return rule;
}
