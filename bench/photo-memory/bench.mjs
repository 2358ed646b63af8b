// Memory while photos flow: one epoch of a folder made here, of a hundred photos and of ten thousand (or as many as is asked for).

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnSync } from 'node:child_process';
import { runNode } from '../lib/measure.mjs';
import { publish } from '../lib/results.mjs';

const FEW = 100;
/** How much more many photos may take than few. */
const MOST_MORE = 200;
/** What all may take. */
const MOST = 1000;

export async function bench([count = '10000']) {
  const many = Number(count);
  if (!(Number.isSafeInteger(many) && many > FEW)) {
    throw new Error(`the number of photos must be an integer above ${FEW}. Received: ${count}`);
  }
  const folder = mkdtempSync(join(tmpdir(), 'graft-photo-memory-'));
  try {
    const measured = [FEW, many].map((photos) => {
      const own = join(folder, String(photos));
      for (const name of ['a', 'b']) mkdirSync(join(own, name), { recursive: true });
      const make = [fileURLToPath(new URL('./make.mjs', import.meta.url)), own, String(photos)];
      const { status } = spawnSync(process.execPath, make, { stdio: 'inherit' });
      if (status !== 0) throw new Error('the photos could not be made');
      return { photos, ...runNode('./graft.mjs', [own], import.meta.url) };
    });
    const [few, all] = measured.map(({ peakMegabytes }) => peakMegabytes);
    const rows = measured.map(({ photos, peakMegabytes, seconds }) => [
      ...[photos.toLocaleString('en'), peakMegabytes.toFixed(0)],
      (photos / seconds).toFixed(0),
    ]);
    publish('photo-memory', {
      title: 'Memory while photos flow',
      how:
        'One epoch of JPEGs of 500 x 375 pixels, decoded, resized to 224 x 224, turned, shifted and zoomed, in batches of 32, on ' +
        `\`cpu\`: peak of the process, MB. Many photos may take ${MOST_MORE} MB more than few, and ${MOST} MB in all.`,
      versions: measured[0].versions,
      header: ['photos', 'peak, MB', 'photos a second'],
      rows,
    });
    if (all - few > MOST_MORE || all > MOST) throw new Error('memory grows with the photos');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
