import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { launchChromium, noChromium } from '@graftjs/test-utils/chromium';
import type { TrainedModel } from './experiment.js';
import type { ClassifiedImage } from './pictures.js';
import { reportHtml } from './report.js';
import { summarise } from './summary.js';

function trained(epochs: number, rate: number): TrainedModel {
  const curve = (start: number) => Array.from({ length: epochs }, (_, i) => start / (i + 1));
  const logs = {
    loss: curve(1),
    val_loss: curve(2),
    accuracy: curve(0.5),
    val_accuracy: curve(0.4),
  };
  const rates = Array.from({ length: epochs * 7 }, () => rate);
  return {
    logs,
    rates,
    testAccuracy: 0.98,
    seconds: 1,
    engine: undefined,
  } as unknown as TrainedModel;
}

const image: ClassifiedImage = {
  picture: 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=',
  truth: 'Sandal',
  guess: '<b>"Shirt" & co</b>',
  probability: 0.66,
};
const trial = { seed: 0, a: trained(5, 1e-3), b: trained(20, 1e-3), bOnA: trained(20, 1e-2) };
const content = {
  title: 'Transfer learning </script> & so on',
  facts: ['a <fact>'],
  summary: summarise([trial]),
  trial,
  imagesOfA: [image],
  imagesOfB: [image, { ...image, guess: 'Sandal' }],
};

it('escapes what it shows, and asks for nothing from outside', async () => {
  const html = await reportHtml(content);
  expect(html).toContain('&lt;b&gt;&quot;Shirt&quot; &amp; co&lt;/b&gt; 66 %');
  expect(html).toContain('a &lt;fact&gt;');
  expect(html).not.toMatch(/(?:src|href)="(?!data:)/);
});

it.skipIf(noChromium)(
  `draws its curves in a browser${noChromium ? `: ${noChromium}` : ''}`,
  async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'graft-report-')), 'report.html');
    await writeFile(file, await reportHtml(content));
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('request', (request) => {
        if (!/^(file|data):/.test(request.url())) problems.push(`asked for ${request.url()}`);
      });
      await page.goto(`file://${file}`);
      expect(await page.locator('figure canvas').count()).toBe(6);
      expect(await page.locator('.wrong').count()).toBe(2);
      expect(await page.locator('.right').count()).toBe(1);
      expect(problems).toEqual([]);
    } finally {
      await browser.close();
    }
  },
);
