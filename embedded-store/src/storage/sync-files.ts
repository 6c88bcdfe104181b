import { open, stat } from 'node:fs/promises';

/**
 * Waits until files, and folders with the names in them, are on the disk, in the order given: what is renamed or
 * named before its content is there may be empty after a power cut.
 */
export async function syncFiles(...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const isFolder = (await stat(path)).isDirectory();
    // Windows keeps names by itself and refuses to be asked.
    if (isFolder && process.platform === 'win32') continue;
    const file = await open(path, isFolder ? 'r' : 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  }
}
