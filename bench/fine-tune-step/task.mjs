// What all sides do: MobileNetV2 at 128 pixels with a new head, all of it trained by Adam, on the same random batch.

export const SIZE = 128;
export const BATCH_SIZE = 32;
export const CLASSES = 10;
/** Steps to warm up, in which Graft records and all compile; then those that count. */
export const WARM = 5;
export const STEPS = 20;
