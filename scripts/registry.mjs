// How npm and pnpm ask the registry, and how their complaints become one line.

/** Two attempts and no long waits, where the defaults spend more than a minute without a network. */
export const registryFlags = [
  '--fetch-retries=1',
  '--fetch-retry-mintimeout=1000',
  '--fetch-timeout=60000',
];

const unreachable =
  /\b(EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|UND_ERR_\w+)\b/;

/** What the output of a failed npm or pnpm says: that the registry is out of reach, or its error lines, or all of it. */
export function explainRegistry(what, output) {
  const reason = unreachable.exec(output)?.[1];
  if (reason) return `${what}: the npm registry cannot be reached (${reason})\n`;
  const lines = output.split('\n').filter((line) => /\bERR(OR|_|!|\b)|^npm error/.test(line));
  return lines.length > 0 ? `${what}:\n${lines.join('\n')}\n` : `${what}:\n${output}`;
}
