export * from './draw-picture.ts';
export * from './exposed-values.ts';
export * from './instantiate.ts';
export * from './json-pointer.ts';
export * from './template-version.ts';
