// Which machines the wheels run on. What is not listed here is refused before anything is downloaded.

import { InstallError } from './errors.js';
import { wheelsFor, type Architecture, type Variant, type Wheel } from './wheels.js';

export interface Host {
  readonly platform: string;
  readonly architecture: string;
  /** Version of the GNU C library, or undefined where another one, such as musl, is in use. */
  readonly glibc: string | undefined;
}

const oldestGlibc = [2, 27] as const;

/** The machine that this process runs on. */
export function thisHost(): Host {
  const { platform, arch } = process;
  return { platform, architecture: arch, glibc: platform === 'linux' ? glibcVersion() : undefined };
}

function glibcVersion(): string | undefined {
  // Newer than the types of Node 20.
  const report: NodeJS.ProcessReport & { excludeNetwork?: boolean | undefined } = process.report;
  // Without this, the report looks up the host name of every open connection.
  const before = report.excludeNetwork;
  report.excludeNetwork = true;
  const { header } = report.getReport() as { header: { glibcVersionRuntime?: string } };
  report.excludeNetwork = before;
  return header.glibcVersionRuntime;
}

/**
 * The wheels that a machine needs for a variant.
 *
 * @throws InstallError `unsupported-platform` where there are none
 */
export function wheelsForHost(
  host: Host,
  variant: Variant,
): { architecture: Architecture; wheels: readonly Wheel[] } {
  const { platform, architecture, glibc } = host;
  if (platform !== 'linux' || (architecture !== 'x64' && architecture !== 'arm64')) {
    throw unsupported(`${platform}-${architecture}`, 'supported are linux-x64 and linux-arm64');
  }
  const wheels = wheelsFor(variant, architecture);
  if (wheels === undefined) {
    throw new InstallError(
      'unsupported-platform',
      `TensorFlow with CUDA 12 is not available for linux-${architecture}.`,
      'run it without --cuda, or on linux-x64',
    );
  }
  if (glibc === undefined) {
    throw unsupported('this C library (musl?)', 'GNU libc 2.27 or newer is needed');
  }
  const [major = 0, minor = 0] = glibc.split('.').map(Number);
  if (major < oldestGlibc[0] || (major === oldestGlibc[0] && minor < oldestGlibc[1])) {
    throw unsupported(`glibc ${glibc}`, 'GNU libc 2.27 or newer is needed');
  }
  return { architecture, wheels };
}

function unsupported(what: string, rule: string): InstallError {
  return new InstallError(
    'unsupported-platform',
    `there is no TensorFlow wheel for ${what}: ${rule}.`,
    'use the old TensorFlow that tfjs-node downloads by itself: npm rebuild @tensorflow/tfjs-node',
  );
}
