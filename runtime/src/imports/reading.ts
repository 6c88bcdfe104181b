/** How a file is read and what its rows become, by itself: the floor that imports are measured against. */
export { compileMapping } from './compile-mapping.ts';
export { inspectFile } from './inspect-file.ts';
export { readRows } from './read-rows.ts';
export type { StoredFile } from './stored-file.ts';
