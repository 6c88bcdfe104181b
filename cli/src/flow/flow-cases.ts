import { isDeepStrictEqual } from 'node:util';
import { describeMisfit, explainMisfit } from '@sluice/shared/errors';
import { api, type Case, CaseContent } from '@sluice/shared/http-api';
import { fillText } from '@sluice/shared/model';
import { Value } from 'typebox/value';
import type { Terminal } from '../command.ts';
import type { Texts } from '../i18n/texts.ts';
import type { Server } from '../server.ts';

/** The cases of a file. Throws with the first that is none. */
export function readCases(
  file: string,
  cases: readonly unknown[] = [],
  { texts, locale }: Pick<Terminal, 'texts' | 'locale'>,
): CaseContent[] {
  return cases.map((one, index) => {
    if (Value.Check(CaseContent, one)) return one;
    const fault = describeMisfit(explainMisfit(CaseContent, one), locale);
    throw new Error(fillText(texts.file.case, { number: index + 1, file, fault }));
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

export function describePlan({ added, changed }: CasePlan, { difference }: Texts): string[] {
  const nameOf = (name: string) => fillText(difference.case, { name: JSON.stringify(name) });
  return [
    ...added.map(({ name }) => `+ ${nameOf(name)}`),
    ...changed.map(({ content }) => `~ ${nameOf(content.name)}`),
  ];
}

/** Each by itself: one that was stored before a failure is not stored again. */
export async function saveCases(flowId: string, { added, changed }: CasePlan, server: Server): Promise<void> {
  for (const content of added) await server.call(api.cases.createCase, { params: { flowId }, body: content });
  for (const { caseId, content } of changed)
    await server.call(api.cases.changeCase, { params: { flowId, caseId }, body: content });
}
