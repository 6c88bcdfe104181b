import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, startTestStore, type TestStore } from '../test/start-test-store.ts';
import { accumulators, expressionOperators, stages } from './aggregate/index.ts';
import { pathOperators } from './match/index.ts';
import { commandAliases, commands, refusedFields } from './surface.ts';
import { UPDATE_OPERATORS } from './update/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the published surface', () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await startTestStore();
  });
  afterAll(() => store.stop());

  it.each([...Object.keys(commands), ...Object.keys(commandAliases)])('[STORE-10] %s is answered', async (name) => {
    const outcome = await store.db.command({ [name]: 'x' }).catch((error: { code: number }) => error);
    expect((outcome as { code?: number }).code).not.toBe(59);
  });

  it.each(Object.keys(commands))('[STORE-10] %s refuses a field that is not listed', async (name) => {
    expect((await errorOf(store.db.command({ [name]: 'x', nobodyKnowsThis: 1 })))['code']).toBe(40415);
  });

  it.each(Object.keys(commands))('[STORE-10] the README lists the command %s', (name) => {
    expect(readme).toContain(`\`${name}\``);
  });

  const language = [
    ...Object.keys(pathOperators),
    ...UPDATE_OPERATORS,
    ...Object.keys(stages),
    ...Object.keys(accumulators),
    ...Object.keys(expressionOperators),
    ...Object.keys(refusedFields),
  ];
  it.each([...new Set(language)])('[STORE-10] the README names %s', (name) => {
    expect(readme).toContain(`\`${name}\``);
  });
});
