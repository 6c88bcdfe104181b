export * from './app-error.ts';
export * from './codes.ts';
export * from './describe-misfit.ts';
export * from './explain-misfit.ts';
export * from './read-json.ts';
export * from './word-error.ts';
