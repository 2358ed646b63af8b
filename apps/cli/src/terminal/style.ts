// Colours, where a terminal wants them.

import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

/** A painter for a stream: as it is where the stream is no terminal, or NO_COLOR is set. */
export function painter(stream: NodeJS.WriteStream): (style: Style, text: string) => string {
  const hasColours = stream.isTTY && stream.hasColors();
  return (style, text) => (hasColours ? styleText(style, text) : text);
}
