// Names in the two manners: ours in camel case, Keras's with underscores.

/** `categoricalCrossentropy` → `categorical_crossentropy`, `BatchNormalization` → `batch_normalization`, as Keras does. */
export function snakeCase(name: string): string {
  return name
    .replace(/[^\p{L}\p{N}_]+/gu, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/** `beta_1` → `beta1`, `categorical_crossentropy` → `categoricalCrossentropy`. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
