// Shapes for the terminal.

/** `?×28×28`, or several of them, of layers with several outputs; a single number has none. */
export function shapeText(shape: unknown): string {
  if (!Array.isArray(shape)) return '';
  if (Array.isArray(shape[0])) return shape.map(shapeText).join(', ');
  return shape.map((size: number | null) => size ?? '?').join('×');
}
