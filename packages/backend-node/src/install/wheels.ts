// The exact wheels that hold TensorFlow's C library and, for CUDA, NVIDIA's libraries. Data only; pip refuses any other bytes.

/** The TensorFlow that all of these wheels hold or belong to. */
export const TENSORFLOW_VERSION = '2.21.0';

/** `cuda12` runs on NVIDIA GPUs and falls back to the CPU; `cpu` is a third of its size. */
export type Variant = 'cpu' | 'cuda12';

export type Architecture = 'x64' | 'arm64';

export interface Wheel {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  /** Size of the wheel in bytes. */
  readonly bytes: number;
  /** Size in bytes of those of its files that are kept. */
  readonly unpackedBytes: number;
}

// All of them are for glibc 2.27 or newer; the older names are those of NVIDIA's wheels.
// The most demanding comes last: a pip before 20.3 looks at the last one only.
export const platformTags: Readonly<Record<Architecture, readonly string[]>> = {
  x64: ['manylinux2010_x86_64', 'manylinux2014_x86_64', 'manylinux_2_27_x86_64'],
  arm64: ['manylinux_2_27_aarch64'],
};

const tensorflowCpu: Wheel = {
  name: 'tensorflow-cpu',
  version: TENSORFLOW_VERSION,
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  bytes: 273_829_956,
  unpackedBytes: 854_100_000,
};

/** On arm64 the wheel of this name is for the CPU. */
const tensorflowArm64: Wheel = {
  name: 'tensorflow',
  version: TENSORFLOW_VERSION,
  sha256: '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
  bytes: 281_828_020,
  unpackedBytes: 883_900_000,
};

/** What the extra `and-cuda` of TensorFlow asks for, without nvcc: only XLA's compiler needs it. */
const cuda12: readonly Wheel[] = [
  {
    name: 'tensorflow',
    version: TENSORFLOW_VERSION,
    sha256: '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
    bytes: 572_440_367,
    unpackedBytes: 1_259_900_000,
  },
  {
    name: 'nvidia-cublas-cu12',
    version: '12.9.3.13',
    sha256: 'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72',
    bytes: 581_217_458,
    unpackedBytes: 855_064_416,
  },
  {
    name: 'nvidia-cuda-cupti-cu12',
    version: '12.8.90',
    sha256: 'ea0cb07ebda26bb9b29ba82cda34849e73c166c18162d3913575b0c9db9a6182',
    bytes: 10_248_621,
    unpackedBytes: 41_311_976,
  },
  {
    name: 'nvidia-cuda-nvrtc-cu12',
    version: '12.9.86',
    sha256: '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
    bytes: 89_568_129,
    unpackedBytes: 227_340_992,
  },
  {
    name: 'nvidia-cuda-runtime-cu12',
    version: '12.9.79',
    sha256: '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
    bytes: 3_493_179,
    unpackedBytes: 741_088,
  },
  {
    name: 'nvidia-cudnn-cu12',
    version: '9.28.0.42',
    sha256: '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375',
    bytes: 716_538_495,
    unpackedBytes: 1_162_393_472,
  },
  {
    name: 'nvidia-cufft-cu12',
    version: '11.4.1.4',
    sha256: 'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
    bytes: 200_877_592,
    unpackedBytes: 293_609_416,
  },
  {
    name: 'nvidia-curand-cu12',
    version: '10.3.10.19',
    sha256: '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e',
    bytes: 68_295_626,
    unpackedBytes: 166_965_432,
  },
  {
    name: 'nvidia-cusolver-cu12',
    version: '11.7.5.82',
    sha256: '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
    bytes: 338_117_415,
    unpackedBytes: 494_975_064,
  },
  {
    name: 'nvidia-cusparse-cu12',
    version: '12.5.10.65',
    sha256: '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
    bytes: 366_465_088,
    unpackedBytes: 486_556_368,
  },
  {
    name: 'nvidia-nccl-cu12',
    version: '2.32.3',
    sha256: 'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c',
    bytes: 351_526_311,
    unpackedBytes: 473_614_536,
  },
  {
    name: 'nvidia-nvjitlink-cu12',
    version: '12.9.86',
    sha256: 'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
    bytes: 39_748_338,
    unpackedBytes: 95_935_344,
  },
];

const table: Readonly<Record<Architecture, Partial<Record<Variant, readonly Wheel[]>>>> = {
  x64: { cpu: [tensorflowCpu], cuda12 },
  arm64: { cpu: [tensorflowArm64] },
};

/** The wheels of a variant, TensorFlow first; undefined where NVIDIA and TensorFlow publish none. */
export function wheelsFor(
  variant: Variant,
  architecture: Architecture,
): readonly Wheel[] | undefined {
  return table[architecture][variant];
}
