// What every step of the installation is given.

export interface InstallContext {
  /** Environment for programs and settings: PATH, PYTHON, CXX, GRAFT_CACHE, XDG_CACHE_HOME and pip's own. */
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** One line a step. */
  readonly log: (line: string) => void;
  /** Bytes received and expected while wheels are downloaded. */
  readonly onDownload: (received: number, total: number) => void;
}

/** `274 MB`: decimal, as package indexes count. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;
}
