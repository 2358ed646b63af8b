// The public face of schedules: the schedules, and the way back from JSON.

export * from './schedules.js';
export { fromConfig } from './from-config.js';
export type { Schedule, ScheduleConfig } from './schedule.js';
