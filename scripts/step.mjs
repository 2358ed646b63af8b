// Tells, on stderr, what is going on and how long it took.

/** Announces `title` and, at the end, its seconds. With `patience`, work that ends within that many ms stays unmentioned. */
export async function step(title, work, { patience = 0 } = {}) {
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
    const how = error.exitCode > 128 ? 'stopped' : 'failed';
    console.error(`── ${title}: ${how} after ${seconds(begin)}`);
    throw error;
  } finally {
    clearTimeout(timer);
  }
  if (announced) console.error(`── ${title}: ${seconds(begin)}`);
}

function seconds(begin) {
  return `${((performance.now() - begin) / 1000).toFixed(1)} s`;
}
