// Writes WebAssembly modules: instructions as expressions, functions with named locals, one imported memory.

/** Bytes of instructions (WebAssembly core specification 2.0, section 5). */
export type Code = readonly number[];

/** A parameter or a local of a function. */
export interface Local {
  readonly get: Code;
  set(value: Operand): Code;
}

export type Operand = Code | Local;

export const types = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;
type Type = keyof typeof types;

/** A function of a module; it returns nothing. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly Type[];
  readonly locals: readonly Type[];
  readonly body: Code;
}

/** A function whose body is written with its parameters and with locals that it asks for. */
export function wasmFunction<Names extends string>(
  name: string,
  parameters: Readonly<Record<Names, Type>>,
  write: (parameters: Readonly<Record<Names, Local>>, local: (type: Type) => Local) => Code,
): WasmFunction {
  const entries = Object.entries<Type>(parameters);
  const locals: Type[] = [];
  const named = entries.map(([key], i) => [key, localAt(i)] as const);
  const body = write(Object.fromEntries(named) as Record<Names, Local>, (type) =>
    localAt(entries.length + locals.push(type) - 1),
  );
  return { name, parameters: entries.map(([, type]) => type), locals, body };
}

function localAt(index: number): Local {
  return {
    get: [0x20, ...unsigned(index)],
    set: (value) => [...code(value), 0x21, ...unsigned(index)],
  };
}

/** The module exports the functions by their names, and imports its memory as `env.memory`. */
export function wasmModule(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const each = (write: (f: WasmFunction, i: number) => Code) => list(functions.map(write));
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(
      1,
      each((f) => [0x60, ...list(f.parameters.map((type) => [types[type]])), 0]),
    ),
    ...section(2, [1, ...text('env'), ...text('memory'), 2, 0, 1]),
    ...section(
      3,
      each((_, i) => unsigned(i)),
    ),
    ...section(
      7,
      each(({ name }, i) => [...text(name), 0, ...unsigned(i)]),
    ),
    ...section(
      10,
      each(({ locals, body }) => {
        const content = [...list(locals.map((type) => [1, types[type]])), ...body, 0x0b];
        return [...unsigned(content.length), ...content];
      }),
    ),
  ]);
}

const section = (id: number, content: Code) => [id, ...unsigned(content.length), ...content];
const list = (items: readonly Code[]) => [...unsigned(items.length), ...items.flat()];
const text = (name: string) => list([...name].map((letter) => [letter.charCodeAt(0)]));
export const code = (operand: Operand): Code => ('get' in operand ? operand.get : operand);
const codes = (operands: readonly Operand[]): Code => operands.flatMap(code);

/** An instruction of one byte after what it takes. */
const plain =
  (opcode: number) =>
  (...operands: Operand[]): Code => [...codes(operands), opcode];

/** An instruction for vectors. */
export const vector =
  (opcode: number) =>
  (...operands: Operand[]): Code => [...codes(operands), 0xfd, ...unsigned(opcode)];

/** An instruction for one lane of a vector. */
const lane =
  (opcode: number) =>
  (index: number, ...operands: Operand[]): Code => [...vector(opcode)(...operands), index];

export const i32 = {
  constant: (value: number): Code => [0x41, ...signed(value)],
  add: plain(0x6a),
  mul: plain(0x6c),
  below: plain(0x48),
} as const;

export const f64 = {
  constant: (value: number): Code => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)],
  fromI32: plain(0xb7),
  add: plain(0xa0),
  mul: plain(0xa2),
} as const;

export const f64x2 = {
  splat: vector(0x14),
  pair: (first: Operand, second: Operand): Code => lane(0x22)(1, vector(0x14)(first), second),
  differ: vector(0x48),
  below: vector(0x49),
  above: vector(0x4a),
  atLeast: vector(0x4c),
  /** In both lanes. */
  sumOfLanes: ({ get }: Local): Code => {
    const swapped = [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7];
    return vector(0xf0)(get, [...get, ...get, 0xfd, 0x0d, ...swapped]);
  },
  floor: vector(0x75),
  trunc: vector(0x7a),
  neg: vector(0xed),
  add: vector(0xf0),
  sub: vector(0xf1),
  mul: vector(0xf2),
  div: vector(0xf3),
  /** (a, b) ↦ b < a ? b : a */
  pmin: vector(0xf6),
  /** (a, b) ↦ a < b ? b : a */
  pmax: vector(0xf7),
  toF32x4: vector(0x5e),
} as const;

export const f32x4 = {
  splat: vector(0x13),
  constant: (value: number): Code => {
    const bytes = new Uint8Array(Float32Array.of(value).buffer);
    return vector(0x13)([0x43, ...bytes]);
  },
  /** All four lanes as one of them. */
  spread: (index: number, { get }: Local): Code => {
    const bytes = [0, 1, 2, 3].flatMap(() => [0, 1, 2, 3].map((byte) => 4 * index + byte));
    return [...get, ...get, 0xfd, 0x0d, ...bytes];
  },
  trunc: vector(0x69),
  add: vector(0xe4),
  sub: vector(0xe5),
  mul: vector(0xe6),
  div: vector(0xe7),
  pmin: vector(0xea),
  pmax: vector(0xeb),
} as const;

export const i32x4 = { lane: lane(0x1b) } as const;

export const v128 = {
  /** Four floats from an address on, and some bytes. */
  load: (address: Operand, offset = 0): Code => [
    ...[...code(address), 0xfd, 0x00, 2],
    ...unsigned(offset),
  ],
  store: (address: Operand, value: Operand): Code => [
    ...[...code(address), ...code(value), 0xfd, 0x0b, 2, 0],
  ],
  /** The bits of the first where the third has them, of the second where not. */
  choose: vector(0x52),
  hasAny: vector(0x53),
} as const;

/** The first where the third is not 0, else the second. */
export const select = plain(0x1b);

/** Does it where the condition is not 0. */
export const when = (condition: Code, body: Code): Code => [
  ...condition,
  0x04,
  0x40,
  ...body,
  0x0b,
];

/** Counts from 0 up to an end above it, by steps. */
export function countUp(counter: Local, end: Operand, step: number, body: Code): Code {
  return [
    ...counter.set(i32.constant(0)),
    ...[0x03, 0x40],
    ...body,
    ...counter.set(i32.add(counter, i32.constant(step))),
    ...[...i32.below(counter, end), 0x0d, 0, 0x0b],
  ];
}

/** LEB128. */
function unsigned(value: number): number[] {
  const rest = value >>> 7;
  return rest === 0 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...unsigned(rest)];
}

function signed(value: number): number[] {
  const [low, rest] = [value & 0x7f, value >> 7];
  return rest === (low & 0x40 ? -1 : 0) ? [low] : [low | 0x80, ...signed(rest)];
}
