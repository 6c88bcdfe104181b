export { accumulators } from './accumulators/index.ts';
export { compilePipeline, type Pipeline, type RunOptions } from './compile-pipeline.ts';
export { compileExpression, type Expression, type ExpressionOptions } from './expression/compile.ts';
export { operators as expressionOperators } from './expression/operators.ts';
export { stages } from './stages/index.ts';
export { type Batches, type PipelineContext } from './stages/stage.ts';
export { type WritesTo } from './stages/write-stages.ts';
