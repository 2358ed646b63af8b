// What belongs to training and works on files, for Node.

export { backupAndRestore, type BackupOptions } from './node/backup-and-restore.js';
