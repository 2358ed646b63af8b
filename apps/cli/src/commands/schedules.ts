// graft schedules plot: learning rates over the steps, as a picture.

import type { Command } from 'commander';
import type { ScheduleConfig } from '@graftjs/schedules';
import { lineChart } from '../charts/line-chart.js';
import { parseSchedule } from '../charts/parse-schedule.js';
import { checkPictureOut, writePicture } from '../charts/picture-file.js';
import { positiveInteger } from '../positive-integer.js';

interface PlotOptions {
  readonly steps: number;
  readonly out: string;
  readonly log: boolean;
  readonly json: boolean;
}

/** A curve is drawn from at most so many points. */
const POINTS = 1000;

export function addSchedules(program: Command): void {
  program
    .command('schedules')
    .description('learning-rate schedules: plot')
    .command('plot')
    .description('draw learning rates over the steps of a training')
    .argument('<schedule...>', 'name:option=value,…, or the config of a schedule as JSON')
    .option('--steps <n>', 'how many steps are drawn', positiveInteger, 100)
    .option('--out <file>', 'the picture: .svg, .png or .html', 'schedules.svg')
    .option('--log', 'a logarithmic axis for the rate', false)
    .option('--json', 'print the rates as JSON', false)
    .addHelpText(
      'after',
      `
Examples:
  graft schedules plot oneCycle:maxRate=0.1,steps=100
  graft schedules plot cosine:initialRate=0.1,decaySteps=100 exponential:initialRate=0.1,decaySteps=20,decayRate=0.5
  graft schedules plot piecewiseConstant:boundaries=[30,60],values=[0.1,0.01,0.001] --log --out rates.svg`,
    )
    .action(plot);
}

async function plot(texts: string[], { steps, out, log, json }: PlotOptions): Promise<void> {
  await checkPictureOut(out);
  const schedules = texts.map((text) => ({ text, schedule: parseSchedule(text) }));
  const count = Math.min(steps, POINTS);
  const at = Array.from({ length: count }, (_, i) =>
    Math.round((i * (steps - 1)) / Math.max(count - 1, 1)),
  );
  const curves = schedules.map(({ text, schedule }) => ({
    name: label(text, schedule.config),
    points: at.map((x) => ({ x, y: schedule(x) })),
  }));
  const panel = { title: '', x: 'step', y: 'rate', curves, log };
  await writePicture(out, await lineChart('Learning rates', [panel]));
  if (json) {
    const rates = schedules.map(({ schedule }) => ({
      ...{ config: schedule.config, steps: at, rates: at.map(schedule) },
    }));
    console.log(JSON.stringify({ picture: out, schedules: rates }));
    return;
  }
  for (const { text, schedule } of schedules) {
    const [first, middle, last] = [0, Math.floor(steps / 2), steps - 1].map((step) =>
      Number(schedule(step).toPrecision(4)),
    );
    console.log(`${text}: ${first} at step 0, ${middle} halfway, ${last} at step ${steps - 1}`);
  }
  console.log(`wrote ${out}`);
}

/** What was typed, unless it was JSON. */
function label(text: string, { schedule }: ScheduleConfig): string {
  return text.trimStart().startsWith('{') ? schedule : text;
}
