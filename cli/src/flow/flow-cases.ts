import { isDeepStrictEqual } from 'node:util';
import { api, type Case, CaseContent } from '@sluice/shared/http-api';
import { Value } from 'typebox/value';
import type { Server } from '../server.ts';

/** The cases of a file. Throws with the first that is none. */
export function readCases(file: string, cases: readonly unknown[] = []): CaseContent[] {
  return cases.map((one, index) => {
    if (Value.Check(CaseContent, one)) return one;
    const [misfit] = Value.Errors(CaseContent, one);
    throw new Error(
      `Case ${index + 1} of ${file} does not fit: ${misfit?.instancePath ?? ''} ${misfit?.message ?? ''}`,
    );
  });
}

export function contentOf({ name, scenario, assertions }: CaseContent): CaseContent {
  return { name, scenario, assertions };
}

/** What a file would do to the cases that are stored. */
export interface CasePlan {
  added: CaseContent[];
  changed: { caseId: string; content: CaseContent }[];
  /** Names of those that the file does not have: whether they go is not for a file to say. */
  kept: string[];
}

/** By their names: that is what people know them by, and a file has no other. */
export function planCases(stored: readonly Case[], wanted: readonly CaseContent[]): CasePlan {
  const known = new Map(stored.map((one) => [one.name, one]));
  const names = new Set(wanted.map(({ name }) => name));
  return {
    added: wanted.filter(({ name }) => !known.has(name)),
    changed: wanted.flatMap((content) => {
      const one = known.get(content.name);
      return one && !isDeepStrictEqual(contentOf(one), contentOf(content)) ? [{ caseId: one.id, content }] : [];
    }),
    kept: [...known.keys()].filter((name) => !names.has(name)),
  };
}

export function describePlan({ added, changed }: CasePlan): string[] {
  return [
    ...added.map(({ name }) => `+ case ${JSON.stringify(name)}`),
    ...changed.map(({ content }) => `~ case ${JSON.stringify(content.name)}`),
  ];
}

/** Each by itself: one that was stored before a failure is not stored again. */
export async function saveCases(flowId: string, { added, changed }: CasePlan, server: Server): Promise<void> {
  for (const content of added) await server.call(api.cases.createCase, { params: { flowId }, body: content });
  for (const { caseId, content } of changed)
    await server.call(api.cases.changeCase, { params: { flowId, caseId }, body: content });
}
