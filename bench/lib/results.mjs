// Writes a bench's last result as a table with the machine, the versions and the date.

import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Prints the result, and keeps it in bench/results/<name>.md. `bench` is what makes it, where that has several. */
export function publish(name, { bench = name, title, how, versions, header, rows, remarks = [] }) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const known = { node: process.version, ...versions };
  const text = [
    `# ${title}`,
    '',
    how,
    '',
    line(header),
    line(header.map(() => '---')),
    ...rows.map(line),
    '',
    ...remarks.flatMap((remark) => [remark, '']),
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores of ${cpus()[0]?.model.trim()}; ` +
      `${Object.entries(known)
        .map(([tool, version]) => `${tool} ${version}`)
        .join(', ')}.`,
    `Made by \`npm run bench -- ${bench}\`.`,
    '',
  ].join('\n');
  console.log(text);
  writeFileSync(fileURLToPath(new URL(`../results/${name}.md`, import.meta.url)), text);
}
