// What a file is called while a process writes it.

const pattern = /^(.+)\.(\d+)\.part$/;

export function partialName(name: string): string {
  return `${name}.${process.pid}.part`;
}

/** The process that writes, or wrote, a part of a file; of any file where no name is given. */
export function processOf(partial: string, name?: string): number | undefined {
  const [, whole, id] = pattern.exec(partial) ?? [];
  return whole === undefined || (name !== undefined && whole !== name) ? undefined : Number(id);
}

export function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
