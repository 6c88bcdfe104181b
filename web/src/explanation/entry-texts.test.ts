import { ENTRY_CODES } from '@sluice/shared/http-api';
import { expect, it } from 'vitest';
import enUS from '../i18n/explanation/en-US.ts';
import zhCN from '../i18n/explanation/zh-CN.ts';

it('every finding about an entry has words in both languages, and there are no others', () => {
  const said = (texts: Record<string, Record<string, string>>) =>
    Object.entries(texts).flatMap(([area, codes]) => Object.keys(codes).map((code) => `${area}:${code}`));
  expect(said(enUS.checks).toSorted()).toEqual([...ENTRY_CODES].toSorted());
  expect(said(zhCN.checks).toSorted()).toEqual([...ENTRY_CODES].toSorted());
});
