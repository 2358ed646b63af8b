import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkPictureOut, writePicture } from './picture-file.js';
import { renderVegaLite } from './render.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graft-picture-'));
});
afterAll(() => rm(folder, { recursive: true }));

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="9" height="9"/></svg>';

it('writes a picture as its name says', async () => {
  const write = async (name: string) => {
    const path = join(folder, 'pictures', name);
    await checkPictureOut(path);
    await writePicture(path, svg);
    return readFile(path);
  };
  expect(String(await write('a.svg'))).toBe(svg);
  expect(String(await write('a.HTML'))).toMatch(/^<!doctype html>[^]*<svg[^]*<\/html>\n$/);
  const { format, width, height } = await sharp(await write('a.png')).metadata();
  expect([format, width, height]).toEqual(['png', 60, 40]);
});

it('refuses other files, and writes nothing', async () => {
  await expect(checkPictureOut(join(folder, 'new', 'a.gif'))).rejects.toThrow(
    '--out must be an .svg, .png or .html file. Received: ',
  );
  expect(await readdir(folder)).not.toContain('new');
});

it('draws what is described in Vega-Lite', async () => {
  const drawn = await renderVegaLite({
    data: {
      values: [
        { x: 1, y: 2 },
        { x: 2, y: 1 },
      ],
    },
    mark: 'line',
    encoding: { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' } },
  });
  expect(drawn).toMatch(/^<svg [^>]*>/);
  expect(drawn).toContain('mark-line');
});
