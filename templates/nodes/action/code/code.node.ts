import type { Problem } from '@sluice/shared/graph';
import { defineNode, VariantKey } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** The way out of a run whose code failed; no other may be called so. */
export const FAILED = 'failed';

const EXAMPLE = `const { city = '' } = profile.attributes;
return { set: { region: city.slice(0, 2).toUpperCase() } };
`;

/** Computes with the profile in the sandbox: writes attributes, and chooses the way out. */
export const code = defineNode({
  kind: 'code',
  version: 1,
  category: 'action',
  icon: 'code',
  params: Type.Object(
    {
      source: Type.String({ minLength: 1, maxLength: 20_000 }),
      outputs: Type.Array(VariantKey, { minItems: 1, maxItems: 10 }),
      timeoutMs: Type.Integer({ minimum: 1, maximum: 1000 }),
      memoryMiB: Type.Integer({ minimum: 4, maximum: 64 }),
    },
    { additionalProperties: false },
  ),
  defaults: { source: EXAMPLE, outputs: ['next'], timeoutMs: 50, memoryMiB: 16 },
  hints: {
    source: { widget: 'code' },
    timeoutMs: { isAdvanced: true },
    memoryMiB: { isAdvanced: true },
  },
  ports: ({ outputs }) => [
    ...outputs.map((output) => (output === 'next' ? { id: output, label: 'next' } : { id: output, text: output })),
    { id: FAILED, label: 'failed' },
  ],
  summary: ({ source }) => ({ key: 'code', values: { line: firstLineOf(source) } }),
  check: ({ outputs }) => {
    const problems: Problem[] = [];
    outputs.forEach((output, index) => {
      const code = output === FAILED ? 'output-reserved' : outputs.indexOf(output) < index ? 'output-twice' : undefined;
      if (code === undefined) return;
      problems.push({ code: `code:${code}`, severity: 'error', param: '/outputs', values: { output } });
    });
    return problems;
  },
  code: ({ source }) => source,
  runsCode: true,
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});

const MOST_SHOWN = 60;

/** The first line that says something; a comment does, and says it best. */
function firstLineOf(source: string): string {
  const line = source.split('\n').find((text) => text.trim() !== '') ?? '…';
  return line.trim().slice(0, MOST_SHOWN);
}
