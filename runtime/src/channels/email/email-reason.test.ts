import { nodeReasonTexts } from '@sluice/templates/texts';
import { describe, expect, it } from 'vitest';
import { EMAIL_REASONS } from './email-reason.ts';

describe('the reasons of e-mail deliveries', () => {
  it.each(['en-US', 'zh-CN'] as const)('[CH-2] read out in %s', (locale) => {
    expect(Object.keys(nodeReasonTexts(locale))).toEqual(expect.arrayContaining([...EMAIL_REASONS]));
  });
});
