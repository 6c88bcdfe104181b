export * from './attribute.ts';
export * from './ids.ts';
export * from './run.ts';
