import type { CaseResult } from '@sluice/shared/http-api';
import type { Locale } from '@sluice/shared/model';

/** Results as JUnit XML (the form that CI servers read): a case is a test case, an assertion that is not met its failure. */
export function writeJunit(suite: string, results: readonly CaseResult[]): string {
  const failures = results.filter(({ isPassed }) => !isPassed).length;
  const cases = results.map((result) => {
    const head = `    <testcase classname="${escape(suite)}" name="${escape(result.name)}"`;
    if (result.isPassed) return `${head}/>`;
    const lines = faultsOf(result).map(escape);
    return `${head}>\n      <failure message="${lines[0] ?? ''}">${lines.join('\n')}</failure>\n    </testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${results.length}" failures="${failures}">`,
    `  <testsuite name="${escape(suite)}" tests="${results.length}" failures="${failures}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

const MISSED: Readonly<Record<Locale, { gone: string; not: string }>> = {
  'en-US': { gone: 'no longer in the flow', not: 'not so' },
  'zh-CN': { gone: '方案中已没有', not: '不符' },
};

/** One line per assertion that is not met, as it was written down. */
export function faultsOf({ problem, checks }: CaseResult, locale: Locale = 'en-US'): string[] {
  const missed = checks.flatMap(({ assertion, outcome, found }) => {
    if (outcome === 'met') return [];
    const { kind, ...values } = assertion;
    const what = [kind, ...Object.values(values).map((value) => JSON.stringify(value))].join(' ');
    return [`${what}: ${outcome === 'gone' ? MISSED[locale].gone : (found ?? MISSED[locale].not)}`];
  });
  return problem === undefined ? missed : [problem, ...missed];
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '');
}
