import { expect, test } from 'vitest';
import { fakeGraph } from '../graph/graph.fake.ts';
import type { ExposedParam } from '../graph/exposed-param.ts';
import type { Graph } from '../graph/graph.ts';
import { compareAsked } from './compare-asked.ts';

const asked = (id: string, label = id): ExposedParam => ({
  id,
  label: { 'en-US': label, 'zh-CN': label },
  places: [{ node: 'end', pointer: `/${id}` }],
});
const asking = (...exposed: ExposedParam[]): Graph => ({ ...fakeGraph([], []), exposed });

test('what a template asks for is told apart by its id, whatever its order', () => {
  const changes = compareAsked(
    asking(asked('kept'), asked('gone'), asked('reworded')),
    asking(asked('reworded', 'Other words'), asked('new'), asked('kept')),
  );
  const ids = (params: readonly ExposedParam[]) => params.map(({ id }) => id);
  expect(ids(changes.added)).toEqual(['new']);
  expect(ids(changes.removed)).toEqual(['gone']);
  expect(ids(changes.changed)).toEqual(['reworded']);
});
