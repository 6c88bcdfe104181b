export * from './bucket.ts';
export * from './effect.ts';
export * from './handler.ts';
export * from './manifest.ts';
export * from './params.ts';
export * from './render-summary.ts';
export * from './signal.ts';
export * from './texts.ts';
