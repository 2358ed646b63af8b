// The commands of `graft`, and the one place where an error becomes a line and an exit code.

import { Command, CommanderError } from 'commander';
import { isGraftError } from '@graftjs/core';
import { addClassify } from './commands/classify.js';
import { addConvert } from './commands/convert.js';
import { addDemo } from './commands/demo.js';
import { addDoctor } from './commands/doctor.js';
import { addEvaluate } from './commands/evaluate.js';
import { addInspect } from './commands/inspect.js';
import { addLrFind } from './commands/lr-find.js';
import { addOptimizers } from './commands/optimizers.js';
import { addPredict } from './commands/predict.js';
import { addSchedules } from './commands/schedules.js';
import { addTrain } from './commands/train.js';
import { addZoo } from './commands/zoo.js';
import { Interrupted, interruptible } from './interrupt.js';

/** Exit codes: 0 done, 1 failed, 2 wrong usage, 130 stopped by Ctrl-C (143 by SIGTERM). */
export async function runCli(args: readonly string[]): Promise<number> {
  return interruptible(async (signal) => {
    const program = new Command('graft')
      .description('Transfer learning for TensorFlow.js that is correct, fast, and speaks Keras.')
      .showHelpAfterError('(graft --help lists the commands)')
      .exitOverride();
    for (const add of [
      ...[addDemo, addClassify, addZoo, addDoctor, addInspect, addConvert, addPredict],
      ...[addTrain, addLrFind, addEvaluate, addSchedules, addOptimizers],
    ])
      add(program, signal);
    try {
      await program.parseAsync(args, { from: 'user' });
      return 0;
    } catch (error) {
      return report(error, signal);
    }
  });
}

function report(error: unknown, signal: AbortSignal): number {
  const reason: unknown = signal.aborted ? signal.reason : error;
  if (reason instanceof Interrupted) {
    console.error(`graft: ${reason.message}`);
    return reason.exitCode;
  }
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (isGraftError(error) || isSystemError(error)) {
    console.error(`graft: ${error.message}`);
    return 1;
  }
  throw error;
}

/** Errors of the operating system (no space left, permission denied) say themselves what is wrong. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
