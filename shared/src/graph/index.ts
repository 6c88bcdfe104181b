export * from './check-graph.ts';
export * from './check-params.ts';
export * from './describe-problem.ts';
export * from './disable-node.ts';
export * from './graph.ts';
export * from './index-graph.ts';
export * from './serialize-graph.ts';
export * from './texts.ts';
