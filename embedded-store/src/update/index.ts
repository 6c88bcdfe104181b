export { buildUpsert } from './build-upsert.ts';
export { compileUpdate, type Update, type UpdateOptions, withIdFirst } from './compile-update.ts';
export { UPDATE_OPERATORS } from './parse-update.ts';
