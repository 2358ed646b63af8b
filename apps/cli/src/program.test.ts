import { afterEach, beforeEach, expect, it, vi, type MockInstance } from 'vitest';
import { runCli } from './program.js';

let written: string[];
let spies: MockInstance[];

beforeEach(() => {
  written = [];
  const keep = (chunk: unknown) => Boolean(written.push(String(chunk)));
  spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation(keep),
  );
});
afterEach(() => {
  for (const spy of spies) spy.mockRestore();
});

it('helps', async () => {
  expect(await runCli(['--help'])).toBe(0);
  expect(written.join('')).toMatch(/demo .*doctor /s);
});

it.each(['demo', 'doctor'])('%s --help shows examples', async (command) => {
  expect(await runCli([command, '--help'])).toBe(0);
  expect(written.join('')).toMatch(new RegExp(`Examples:\\s+graft ${command}`));
});

it.each([
  [
    ['demo', '--seeds', '0'],
    /'--seeds <n>' argument '0' is invalid\. It must be a positive integer\./,
  ],
  [['demo', '--seeds', '1.5'], /argument '1\.5' is invalid/],
  [['demo', 'shoes'], /too many arguments/],
  [['dome'], /unknown command 'dome'/],
  [['demo', '--sedes'], /unknown option '--sedes'/],
])('graft %j is wrong usage', async (args, message) => {
  expect(await runCli(args)).toBe(2);
  expect(written.join('')).toMatch(message);
});
