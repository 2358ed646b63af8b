// One process at a time: a lock file that names its owner, and that is taken over when its owner has died.

import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { InstallError } from './errors.js';
import { isAlive, thisProcess, type ProcessIdentity } from './process-identity.js';

interface Owner extends ProcessIdentity {
  /** Tells two locks of one process apart. */
  readonly ticket: string;
}

export interface LockOptions {
  readonly signal: AbortSignal;
  /** Called once, if another process holds the lock. */
  readonly onWait: (holder: ProcessIdentity) => void;
  readonly pollMs?: number;
  readonly patienceMs?: number;
}

/**
 * Runs `action` while holding the lock `file`, whose folder must exist.
 *
 * @throws InstallError `locked` if another process holds it for longer than an hour, or the reason of `signal`
 */
export async function withLock<T>(
  file: string,
  { signal, onWait, pollMs = 200, patienceMs = 3_600_000 }: LockOptions,
  action: () => Promise<T>,
): Promise<T> {
  const own: Owner = { ...thisProcess(), ticket: randomUUID() };
  const deadline = Date.now() + patienceMs;
  let waiting = false;
  for (;;) {
    signal.throwIfAborted();
    const holder = take(file, own);
    if (holder === 'none') break;
    if (holder === 'gone') continue;
    if (!waiting) onWait(holder);
    waiting = true;
    if (Date.now() > deadline) {
      throw new InstallError(
        'locked',
        `process ${holder.pid} on ${holder.host} has held ${file} for too long.`,
        `if it no longer runs, delete ${file}; then run this again`,
      );
    }
    await sleep(pollMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
  try {
    return await action();
  } finally {
    rmSync(file, { force: true });
  }
}

/**
 * Tries once: 'none' holds it but `own` now; or another owner, who lives; or one who is 'gone', so that it is worth another try.
 */
function take(file: string, own: Owner): Owner | 'none' | 'gone' {
  // A link appears whole or not at all: no one sees a lock without its owner.
  const draft = `${file}.${own.ticket}`;
  writeFileSync(draft, JSON.stringify(own));
  try {
    linkSync(draft, file);
    return 'none';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const holder = ownerOf(file);
  if (holder === undefined) return 'gone';
  if (isAlive(holder)) return holder;
  return removeStale(file, holder, own);
}

/**
 * Deletes the lock of a dead owner. Of all who find it, one may: who holds the lock that is named after it. Without that, a slow
 * process could delete the lock that a faster one took in the meantime.
 */
function removeStale(file: string, dead: Owner, own: Owner): Owner | 'gone' {
  const guard = `${file}.${dead.ticket}.stale`;
  const rival = take(guard, own);
  if (rival !== 'none') return rival;
  try {
    if (ownerOf(file)?.ticket === dead.ticket) rmSync(file);
  } finally {
    rmSync(guard, { force: true });
  }
  return 'gone';
}

function ownerOf(file: string): Owner | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as Owner;
  } catch {
    throw new InstallError('locked', `${file} is not a lock of Graft.`, `delete ${file}`);
  }
}
