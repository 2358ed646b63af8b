// The installer for programs; `npx @graftjs/backend-node` is the same for people.

export {
  install,
  type InstalledPackage,
  type InstallOptions,
  type InstallReport,
} from './install.js';
export {
  installStatus,
  type InstallStatus,
  type PackageStatus,
  type StatusOptions,
} from './status.js';
export { InstallError, type InstallErrorCode } from './errors.js';
export { TENSORFLOW_VERSION, type Variant } from './wheels.js';
export type { TfjsPackage } from './tfjs-packages.js';
