// The pickle reader on pickles written by hand: what it reads, and that it runs nothing.

import { expect, it } from 'vitest';
import { Cursor } from './cursor.js';
import { readPickle, type PickleOptions } from './pickle.js';

const options: PickleOptions = {
  globals: new Map([
    ['a.f', { name: 'a.f', call: (args: readonly unknown[]) => ['called', ...args] }],
    ['a.constant', { name: 'a.constant' }],
  ]),
  persistent: (id) => ({ id }),
};

/** A pickle of protocol 2, a character a byte. */
const load = (body: string): unknown =>
  readPickle(
    new Cursor(Uint8Array.from(`\x80\x02${body}.`, (character) => character.charCodeAt(0))),
    options,
  );

it.each<[string, string, unknown]>([
  ['None and booleans', '(N\x88\x89t', [null, true, false]],
  ['small integers', '(K\xffM\x01\x02J\xfe\xff\xff\xfft', [255, 513, -2]],
  ['long integers', '(\x8a\x00\x8a\x01\xff\x8a\x08\0\0\0\0\0\0\0\x80t', [0, -1, -(2n ** 63n)]],
  ['floats', 'G\x3f\xf8\0\0\0\0\0\0', 1.5],
  ['texts', '(X\x02\0\0\0\xc3\xa9U\x01\xe9T\x01\0\0\0at', ['é', 'é', 'a']],
  ['empty collections', '()]}t', [[], [], new Map()]],
  ['tuples', '(NN\x85NN\x86NNN\x87t', [null, [null], [null, null], [null, null, null]]],
  ['lists', ']K\x01a(K\x02K\x03e', [1, 2, 3]],
  ['dictionaries', '}K\x01K\x02s(K\x03K\x04u', new Map([[1, 2], [3, 4]])], // prettier-ignore
  ['the memo', '(]q\x07K\x05r\x01\0\0\0h\x07j\x01\0\0\0t', [[], 5, [], 5]],
  ['persistent ids', 'K\x07Q', { id: 7 }],
  ['calls of allowed globals', 'ca\nf\nK\x01\x85R', ['called', 1]],
  ['attributes of dictionaries, leaving them out', '}}b', new Map()],
])('reads %s', (_, body, value) => {
  expect(load(body)).toEqual(value);
});

it.each<[string, string, string]>([
  ['os.system', 'cposix\nsystem\nX\x04\0\0\0trueR', 'asks for the Python global posix.system'],
  ['eval', 'c__builtin__\neval\nX\x01\0\0\x001\x85R', 'the Python global __builtin__.eval'],
  ['names of several lines', 'ca\x1b[2J\nb\r\n)R', 'the Python global a?[2J.b?, which'],
  ['names that all objects have', 'cconstructor\nconstructor\n)R', 'constructor.constructor'],
  ['calls of what is no function', 'ca\nconstant\n)R', 'calls what is no function'],
  ['calls of data', '}X\x01\0\0\0c)R', 'calls what is no function'],
  ['calls without a tuple', 'ca\nf\nNR', 'calls what is no function'],
  ['the making of objects', 'ca\nf\n)\x81', 'opcode 0x81'],
  ['extensions', '\x82\x01', 'opcode 0x82'],
  ['protocol 4', '\x80\x04', 'pickle protocol 4'],
  ['state of an object', 'ca\nconstant\n}b', 'sets the state of an object'],
  ['items of a list', ']K\x01K\x01s', 'what is no dictionary'],
  ['half an item', '}(K\x01u', 'what is no dictionary'],
  ['appending to a number', 'K\x01K\x01a', 'what is no list'],
  ['an empty stack', '', 'an empty stack'],
  ['a mark as a value', '(a', 'an empty stack'],
  ['no mark', 'K\x01t', 'no mark'],
  ['an unknown memo', 'h\x01', 'never noted'],
  ['an integer of 255 bytes', `\x8a\xff${'\x01'.repeat(255)}`, 'an integer of 255 bytes'],
  ['a text longer than the file', 'X\xff\xff\xff\x7f', 'it is truncated'],
  ['a name without an end', 'cposix', 'it is truncated'],
])('refuses %s', (_, body, message) => {
  expect(() => load(body)).toThrow(message);
});

it('nests half a million lists without a call for each', () => {
  const levels = 5e5;
  let value = load(']'.repeat(levels) + 'a'.repeat(levels - 1)) as unknown[];
  let depth = 1;
  while (value.length > 0) {
    value = value[0] as unknown[];
    depth++;
  }
  expect(depth).toBe(levels);
});
