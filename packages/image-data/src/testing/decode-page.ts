// The page of decode-image.test.ts: decodes in the browser what the test sends, and sends back what came of it.

import { decodeImage, type ImageOptions } from '../index.js';

declare global {
  interface Window {
    decode(bytes: number[], options?: ImageOptions, name?: string): Promise<Decoded>;
  }
}

/** The pixels and their shape, or the message of the error. */
export type Decoded = { readonly shape: number[]; readonly pixels: number[] } | string;

window.decode = async (bytes, options, name) => {
  const part = Uint8Array.from(bytes);
  try {
    const blob = name === undefined ? new Blob([part]) : new File([part], name);
    const { shape, data } = await decodeImage(blob, options);
    return { shape: [...shape], pixels: [...data] };
  } catch (error) {
    return String(error);
  }
};
