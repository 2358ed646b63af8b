// Downloads on a terminal: a bar; where the output is no terminal, a line for each.

import { SingleBar } from 'cli-progress';
import type { WeightsProgress } from '@graftjs/model-zoo';

export interface DownloadProgress {
  onProgress(progress: WeightsProgress): void;
  /** Takes a line from between. */
  log(line: string): void;
  stop(): void;
}

/** On stderr, so that stdout belongs to the answer. */
export function downloadProgress(stream: NodeJS.WriteStream = process.stderr): DownloadProgress {
  let bar: SingleBar | undefined;
  let current = '';
  const stop = (): void => {
    bar?.stop();
    bar = undefined;
    current = '';
  };
  return {
    stop,
    log(line) {
      stop();
      stream.write(`${line}\n`);
    },
    onProgress({ file, source, received, total }) {
      const download = `${file} from ${source}`;
      if (download !== current) {
        stop();
        current = download;
        const size = total === undefined ? '' : ` (${megabytes(total)} MB)`;
        stream.write(`downloading ${download}${size}\n`);
        if (stream.isTTY) bar = startBar(stream, total);
      }
      bar?.update(received, { loaded: megabytes(received) });
    },
  };
}

function startBar(stream: NodeJS.WriteStream, total: number | undefined): SingleBar {
  const bar = new SingleBar({
    ...{ stream, hideCursor: true, clearOnComplete: true, fps: 10, barsize: 30, etaBuffer: 100 },
    format:
      total === undefined
        ? '  {loaded} MB'
        : '  {bar} {percentage} %  {loaded} MB  {eta_formatted} left',
    barCompleteChar: '█',
    barIncompleteChar: '░',
  });
  bar.start(total ?? 0, 0, { loaded: '0.0' });
  return bar;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
