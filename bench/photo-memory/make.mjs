// Makes photos: make.mjs FOLDER COUNT. One JPEG of 500 x 375 pixels, linked under as many names in the folders a and b.

import { linkSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const [folder, count] = process.argv.slice(2);
const noise = { type: 'gaussian', mean: 128, sigma: 40 };
const first = join(folder, 'a', '0.jpg');
await sharp({ create: { width: 500, height: 375, channels: 3, noise, background: '#000000' } })
  .blur(3)
  .jpeg()
  .toFile(first);
for (let i = 1; i < Number(count); i++)
  linkSync(first, join(folder, i % 2 ? 'b' : 'a', `${i}.jpg`));
