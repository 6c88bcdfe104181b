export * from './attribute.ts';
export * from './check-request.ts';
export * from './http-call.ts';
export * from './ids.ts';
export * from './locale.ts';
export * from './run.ts';
export * from './product-events.ts';
export * from './bulk-change.ts';
