export * from './draw-picture.ts';
export * from './exposed-values.ts';
export * from './instantiate.ts';
export * from './json-pointer.ts';
export * from './merge-graphs.ts';
export * from './suggest-step.ts';
export * from './template-version.ts';
export * from './upgrade.ts';
