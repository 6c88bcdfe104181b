export * from './app-error.ts';
export * from './codes.ts';
export * from './explain-misfit.ts';
export * from './word-error.ts';
