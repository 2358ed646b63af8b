// Lists of names in HDF5 attributes. Keras splits a long one into `name0`, `name1`, …

import type { Group } from 'h5wasm';

/** An attribute is limited to 64 kB, and each name takes 16 bytes of it. */
const longest = 4000;

/** The list, or undefined where there is none. */
export function readStringList(group: Group, name: string): string[] | undefined {
  const attributes = group.attrs;
  if (name in attributes) return strings(attributes[name]?.value);
  if (!(`${name}0` in attributes)) return undefined;
  const list: string[] = [];
  for (let part = 0; `${name}${part}` in attributes; part++) {
    list.push(...strings(attributes[`${name}${part}`]?.value));
  }
  return list;
}

/** A text attribute, or undefined where there is none. */
export function readString(group: Group, name: string): string | undefined {
  const attributes = group.attrs;
  return name in attributes ? strings(attributes[name]?.value)[0] : undefined;
}

export function writeStringList(group: Group, name: string, list: readonly string[]): void {
  if (list.length === 0) {
    // What NumPy, and so Keras, makes of an empty list.
    group.create_attribute(name, new Float64Array(0), [0], '<d');
  } else if (list.length <= longest) {
    group.create_attribute(name, [...list]);
  } else {
    for (let part = 0; part * longest < list.length; part++) {
      const names = list.slice(part * longest, (part + 1) * longest);
      group.create_attribute(`${name}${part}`, names);
    }
  }
}

function strings(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item) => typeof item === 'string').map(decoded);
}

/** Keras marks its UTF-8 as ASCII, and h5wasm then gives each byte as a character. */
function decoded(text: string): string {
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  const codes = Array.from(text, (character) => character.charCodeAt(0));
  if (codes.some((code) => code > 0xff)) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(codes));
  } catch {
    return text;
  }
}
