// The bench's page and its files, from this machine: a localhost is as good as https for WebGPU.

import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { extname, join } from 'node:path';

const types = {
  '.wasm': 'application/wasm',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
};

/**
 * @param script the page's
 * @param folders by the first part of a path, where its files are
 * @returns the page's address, and what stops the server
 */
export async function servePage(script, folders) {
  // The end tag would end the script that it stands in.
  const safe = script.replaceAll('</script', '<\\/script');
  const html = `<!doctype html><link rel="icon" href="data:,"><script>${safe}</script>`;
  const server = createServer(({ url }, response) => {
    const [, first, ...rest] = url.split('/');
    if (!(first in folders)) return response.setHeader('content-type', 'text/html').end(html);
    const path = join(folders[first], ...rest);
    response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream');
    return createReadStream(path)
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  });
  await once(server.listen(0, 'localhost'), 'listening');
  return { url: `http://localhost:${server.address().port}/`, stop: () => server.close() };
}
