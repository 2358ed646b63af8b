// Writes an update as a WebAssembly module: one function over the memory of the backend.

import { operations } from './operations.js';
import type { Operand, Program } from './program.js';

/** Byte codes of the binary format (WebAssembly core specification 2.0, section 5). */
const I32 = 0x7f;
const F32 = 0x7d;
const V128 = 0x7b;
const VOID = 0x40;
const code = {
  block: 0x02,
  loop: 0x03,
  end: 0x0b,
  branch: 0x0c,
  branchIf: 0x0d,
  localGet: 0x20,
  localSet: 0x21,
  f32Load: 0x2a,
  f32Store: 0x38,
  i32Const: 0x41,
  i32GreaterEqualUnsigned: 0x4f,
  i32Add: 0x6a,
  i32And: 0x71,
  i32ShiftLeft: 0x74,
  simd: 0xfd,
} as const;
const simd = { load: 0x00, store: 0x0b, splat: 0x13 } as const;

/** Pages of 64 KiB: what a shared memory may have at most. */
const MAX_PAGES = 65536;

/**
 * The module exports `update(inputs…, outputs…, count, scalars…)`: byte offsets of the tensors, the number of elements, and
 * the scalars as f32. It imports its memory as `env.memory`.
 */
export function wasmModule(
  program: Program,
  { shared, vector }: { shared: boolean; vector: boolean },
): Uint8Array<ArrayBuffer> {
  const { inputs, outputs, scalarCount } = program;
  const tensors = inputs.length + outputs.length;
  const parameters = [...fill(tensors + 1, I32), ...fill(scalarCount, F32)];
  const body = functionBody(program, vector);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, ...vectorOf(parameters), 0]),
    ...section(2, [1, ...text('env'), ...text('memory'), 2, ...memoryLimits(shared)]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...text('update'), 0, 0]),
    ...section(10, [1, ...unsigned(body.length), ...body]),
  ]);
}

function functionBody(program: Program, vector: boolean): number[] {
  const { inputs, outputs, steps, scalarCount } = program;
  const count = inputs.length + outputs.length;
  const scalarAt = (i: number) => count + 1 + i;
  const offset = count + 1 + scalarCount;
  const end = offset + 1;
  const values = inputs.length + steps.length;
  const scalarValues = end + 1;
  const vectorScalars = scalarValues + values;
  const vectorValues = vectorScalars + scalarCount;

  const address = (tensor: number) => [...get(tensor), ...get(offset), code.i32Add];
  const pass = (wide: boolean): number[] => {
    const first = wide ? vectorValues : scalarValues;
    const local = {
      input: (i: number) => first + i,
      step: (i: number) => first + inputs.length + i,
      scalar: (i: number) => (wide ? vectorScalars + i : scalarAt(i)),
    };
    const read = ({ from, index }: Operand) => get(local[from](index));
    // Loads and stores: alignment 2 (4 bytes), offset 0.
    const load = wide ? [code.simd, simd.load, 2, 0] : [code.f32Load, 2, 0];
    const store = wide ? [code.simd, simd.store, 2, 0] : [code.f32Store, 2, 0];
    return [
      ...inputs.flatMap((_, i) => [...address(i), ...load, ...set(local.input(i))]),
      ...steps.flatMap(({ operation, operands }, i) => {
        const { wasm } = operations[operation];
        const opcode = wide ? [code.simd, ...unsigned(wasm.vector)] : [wasm.scalar];
        return [...operands.flatMap(read), ...opcode, ...set(local.step(i))];
      }),
      ...outputs.flatMap((output, i) => [...address(inputs.length + i), ...read(output), ...store]),
    ];
  };
  const whileBelowEnd = (wide: boolean) => [
    ...[code.block, VOID, code.loop, VOID],
    ...[...get(offset), ...get(end), code.i32GreaterEqualUnsigned, code.branchIf, 1],
    ...pass(wide),
    ...[...get(offset), ...constant(wide ? 16 : 4), code.i32Add, ...set(offset)],
    ...[code.branch, 0, code.end, code.end],
  ];
  const bytes = [...constant(2), code.i32ShiftLeft];
  return [
    ...[4, 2, I32, ...unsigned(values), F32],
    ...[...unsigned(vector ? scalarCount : 0), V128, ...unsigned(vector ? values : 0), V128],
    ...(vector
      ? [
          ...fill(scalarCount, 0).flatMap((_, i) => [
            ...[...get(scalarAt(i)), code.simd, simd.splat, ...set(vectorScalars + i)],
          ]),
          // Whole vectors first: as many elements as 4 goes into.
          ...[...get(count), ...constant(-4), code.i32And, ...bytes, ...set(end)],
          ...whileBelowEnd(true),
        ]
      : []),
    ...[...get(count), ...bytes, ...set(end)],
    ...whileBelowEnd(false),
    code.end,
  ];
}

const get = (local: number) => [code.localGet, ...unsigned(local)];
const set = (local: number) => [code.localSet, ...unsigned(local)];
const constant = (value: number) => [code.i32Const, ...signed(value)];
const fill = (count: number, value: number) => new Array<number>(count).fill(value);
const vectorOf = (bytes: readonly number[]) => [...unsigned(bytes.length), ...bytes];
const section = (id: number, content: readonly number[]) => [id, ...vectorOf(content)];
const text = (name: string) => vectorOf([...name].map((letter) => letter.charCodeAt(0)));
const memoryLimits = (shared: boolean) =>
  shared ? [3, ...unsigned(1), ...unsigned(MAX_PAGES)] : [0, ...unsigned(1)];

/** LEB128. */
function unsigned(value: number): number[] {
  const rest = value >>> 7;
  return rest === 0 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...unsigned(rest)];
}

/** LEB128 of a number from −64 to 63, which is all that is needed. */
function signed(value: number): number[] {
  return [value & 0x7f];
}
