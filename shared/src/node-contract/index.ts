export * from './bucket.ts';
export * from './effect-schema.ts';
export * from './handler.ts';
export * from './manifest.ts';
export * from './params.ts';
export * from './render-summary.ts';
export * from './texts.ts';
