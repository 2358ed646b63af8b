// Tells, on stderr, what is going on and how long it took.

import { wasInterrupted } from './command.mjs';

/**
 * Announces `title` and, at the end, its seconds. With `patience`, work that ends within that many ms stays unmentioned.
 * With `command`, a failure names what to type to run it alone, with other options.
 */
export async function step(title, work, { patience = 0, command } = {}) {
  const begin = performance.now();
  let announced = false;
  const announce = () => {
    announced = true;
    console.error(`── ${title} …`);
  };
  const timer = patience > 0 ? setTimeout(announce, patience) : announce();
  try {
    await work();
  } catch (error) {
    const how = wasInterrupted() ? 'stopped' : 'failed';
    console.error(`── ${title}: ${how} after ${seconds(begin)}`);
    if (how === 'failed' && command) console.error(`   it ran: ${command}`);
    throw error;
  } finally {
    clearTimeout(timer);
  }
  if (announced) console.error(`── ${title}: ${seconds(begin)}`);
}

function seconds(begin) {
  return `${((performance.now() - begin) / 1000).toFixed(1)} s`;
}
