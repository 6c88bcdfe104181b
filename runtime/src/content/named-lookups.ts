import type { Liquid } from 'liquidjs';
import type { LiquidTemplate } from './liquid-engine.ts';

/** The look-ups that templates name, as `<dataset>.<look-up>`, each once. */
export function namedLookups(engine: Liquid, ...templates: readonly LiquidTemplate[]): string[] {
  const named = templates
    .flatMap((template) => engine.globalVariableSegmentsSync(template))
    .flatMap(([root, dataset, lookup]) =>
      root === 'related' && typeof dataset === 'string' && typeof lookup === 'string' ? [`${dataset}.${lookup}`] : [],
    );
  return [...new Set(named)];
}
