// What belongs to training and works on files, for Node.

export { backupAndRestore, type BackupOptions } from './node/backup-and-restore.js';
export { csvLogger, type CsvLoggerOptions } from './node/csv-logger.js';
export { tensorBoard, type TensorBoardOptions } from './node/tensor-board.js';
