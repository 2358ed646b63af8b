// What was dropped on the page: files, and of folders the photos.

/** Those in folders by their names, at any depth; hidden ones are left out. */
export async function droppedFiles(transfer: DataTransfer | null): Promise<File[]> {
  // After the first wait the browser has forgotten what was dropped.
  const found = [...(transfer?.items ?? [])]
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const files = found.map(async ({ entry, file }) => {
    if (entry?.isDirectory) return photosIn(entry as FileSystemDirectoryEntry);
    return file ? [file] : [];
  });
  return (await Promise.all(files)).flat();
}

async function photosIn(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  // It gives some at a time, and in the end none.
  for (let some = await readSome(reader); some.length > 0; some = await readSome(reader)) {
    entries.push(...some);
  }
  const inOrder = new Intl.Collator('en', { numeric: true }).compare;
  const visible = entries
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => inOrder(a.name, b.name));
  const files = visible.map(async (entry) => {
    if (entry.isDirectory) return photosIn(entry as FileSystemDirectoryEntry);
    return isPhoto(entry.name) ? [await readFile(entry as FileSystemFileEntry)] : [];
  });
  return (await Promise.all(files)).flat();
}

function isPhoto(name: string): boolean {
  return /\.(?:jpe?g|png|webp|gif)$/i.test(name);
}

function readSome(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

function readFile(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
