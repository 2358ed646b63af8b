import { describe, expect, it } from 'vitest';
import { fromConfig, type ScheduleConfig } from './index.js';
import * as face from './index.js';
import * as schedules from './schedules.js';

it('knows every schedule that the package exports', () => {
  const exported = Object.keys(face).filter((name) => name !== 'fromConfig');
  expect(exported.sort()).toEqual(Object.keys(schedules).sort());
  for (const name of exported) {
    expect(() => fromConfig({ schedule: name })).not.toThrow('config.schedule');
  }
});

it('fills in defaults', () => {
  const made = fromConfig({ schedule: 'cosine', initialRate: 0.1, decaySteps: 10 });
  expect(made.config).toEqual({ schedule: 'cosine', initialRate: 0.1, decaySteps: 10, alpha: 0 });
});

it('makes a combinator with what it holds', () => {
  const made = fromConfig({
    schedule: 'warmUp',
    base: { schedule: 'warmUp', base: { schedule: 'constant', rate: 0.1 }, steps: 10 },
    steps: 20,
  });
  expect([20, 25, 30].map(made)).toEqual([0, 0.05, 0.1]);
});

describe('refuses', () => {
  it.each(['cubic', '__proto__', 'toString', undefined])('the schedule %j', (schedule) => {
    expect(() => fromConfig({ schedule } as ScheduleConfig)).toThrow(
      `config.schedule must be one of ${Object.keys(schedules).join(', ')}. ` +
        `Received: ${JSON.stringify(schedule)}`,
    );
  });

  it.each([null, 'cosine', 3])('the config %j', (config) => {
    expect(() => fromConfig(config as unknown as ScheduleConfig)).toThrow(
      `config must be the config of a schedule. Received: ${JSON.stringify(config)}`,
    );
  });

  it('an option that the schedule does not have', () => {
    const config = { schedule: 'constant', rate: 0.1, decay: 0.9 };
    expect(() => fromConfig(config)).toThrow(
      `an option of the schedule 'constant' must be one of schedule, rate. Received: "decay"`,
    );
  });

  it('a value out of range', () => {
    const config = { schedule: 'power', initialRate: 0.1, decaySteps: 'soon' };
    expect(() => fromConfig(config)).toThrow(
      'decaySteps must be a finite number > 0. Received: "soon"',
    );
  });

  it('a combinator that holds none', () => {
    expect(() => fromConfig({ schedule: 'warmUp', steps: 5 })).toThrow(
      'config must be the config of a schedule. Received: undefined',
    );
  });
});
