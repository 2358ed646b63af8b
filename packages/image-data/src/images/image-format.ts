// Which image format bytes are in, by their first ones; and what is said of bytes in no such format.

import { GraftError } from '@graftjs/core';

/** The formats that are decoded. Others, such as SVG, may name files and run scripts. */
export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'gif';

/** The first bytes in Latin-1; a dot stands for any. */
const signatures: readonly (readonly [ImageFormat, RegExp])[] = [
  ['jpeg', /^\xff\xd8\xff/],
  ['png', /^\x89PNG\r\n\x1a\n/],
  ['webp', /^RIFF....WEBP/s],
  ['gif', /^GIF8[79]a/],
];

/**
 * @param name of the image, for the error
 * @throws GraftError when there are no bytes, or they are in another format
 */
export function formatOf(bytes: Uint8Array, name: string): ImageFormat {
  if (bytes.length === 0) throw new GraftError(`${name} is empty: 0 bytes`);
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  const format = signatures.find(([, signature]) => signature.test(start))?.[0];
  if (format !== undefined) return format;
  const hexadecimal = Array.from(bytes.subarray(0, 4), (byte) =>
    byte.toString(16).padStart(2, '0'),
  );
  throw new GraftError(
    `${name} is no JPEG, PNG, WebP or GIF image: it begins with ${hexadecimal.join(' ')}`,
  );
}
