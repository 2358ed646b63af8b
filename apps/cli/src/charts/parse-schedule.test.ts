import { expect, it } from 'vitest';
import { parseSchedule } from './parse-schedule.js';

it.each([
  ['constant:rate=0.1', { schedule: 'constant', rate: 0.1 }],
  [
    'oneCycle:maxRate=0.1,steps=100,anneal=cosine',
    { schedule: 'oneCycle', maxRate: 0.1, steps: 100, anneal: 'cosine' },
  ],
  [
    'piecewiseConstant:boundaries=[10,20],values=[0.1,0.01,0.001]',
    { schedule: 'piecewiseConstant', boundaries: [10, 20], values: [0.1, 0.01, 0.001] },
  ],
  [
    '{"schedule":"warmUp","base":{"schedule":"constant","rate":0.1},"steps":5}',
    { schedule: 'warmUp', base: { schedule: 'constant', rate: 0.1 }, steps: 5 },
  ],
])('reads %s', (text, config) => {
  expect(parseSchedule(text).config).toMatchObject(config);
});

it.each([
  ['', 'a schedule must be a name with options, such as cosine:initialRate=0.1'],
  ['cosine:initialRate', 'a schedule must be a name with options'],
  ['{"schedule":', 'a schedule must be a name with options'],
  ['cubic', 'config.schedule must be one of constant, cosine,'],
  [
    'cosine:initialRate=0.1,decaySteps=none',
    'decaySteps must be a finite number > 0. Received: "none"',
  ],
  [
    'constant:rate=0.1,speed=2',
    "an option of the schedule 'constant' must be one of schedule, rate.",
  ],
])('refuses "%s"', (text, message) => {
  expect(() => parseSchedule(text)).toThrow(message);
});
