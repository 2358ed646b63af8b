import { expect, it } from 'vitest';
import { downloadProgress } from './download-progress.js';

/** Collects what is written. */
function stream(isTTY: boolean): { stream: NodeJS.WriteStream; text: () => string } {
  const written: string[] = [];
  const fake = {
    isTTY,
    columns: 100,
    write: (text: string) => Boolean(written.push(text)),
    on: () => fake,
    once: () => fake,
    removeListener: () => fake,
  };
  return { stream: fake as unknown as NodeJS.WriteStream, text: () => written.join('') };
}

const step = { file: 'a.h5', source: 'its publisher' };

it('writes a line for each file where nobody watches', () => {
  const { stream: plain, text } = stream(false);
  const progress = downloadProgress(plain);
  for (const received of [0, 1e6, 2e6]) progress.onProgress({ ...step, received, total: 2e6 });
  progress.onProgress({ ...step, source: 'a mirror', received: 5 });
  progress.log('a line');
  progress.stop();
  expect(text()).toBe(
    'downloading a.h5 from its publisher (2.0 MB)\ndownloading a.h5 from a mirror\na line\n',
  );
});

it('draws a bar on a terminal, and takes it away', () => {
  const { stream: terminal, text } = stream(true);
  const progress = downloadProgress(terminal);
  progress.onProgress({ ...step, received: 0, total: 2e6 });
  progress.onProgress({ ...step, received: 1e6, total: 2e6 });
  expect(text()).toMatch(/^downloading a\.h5 from its publisher \(2\.0 MB\)\n.*░/s);
  progress.log('a line');
  // The cursor is back before the line.
  expect(text()).toMatch(/\u001b\[\?25h[^\n]*a line\n$/s);
});
