import type { Problem } from '@sluice/shared/graph';
import { FieldName } from '@sluice/shared/model';
import { defineNode } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { DEFAULT_BODY } from './default-body.ts';
import { wordsOfSubject } from './words-of-subject.ts';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Sends one e-mail per visit. Whether Liquid and MJML compile is said by the content preview, not here. */
export const email = defineNode({
  kind: 'email',
  version: 1,
  category: 'action',
  icon: 'mail',
  params: Type.Object(
    {
      to: FieldName,
      // Longer subjects are cut by every mail client; RFC 5322 section 2.1.1 bounds the line at 998.
      subject: Type.String({ maxLength: 500 }),
      preheader: Type.Optional(Type.String({ maxLength: 500 })),
      body: Type.String({ maxLength: 200_000 }),
      fromName: Type.Optional(Type.String({ maxLength: 120, pattern: '^[^\\r\\n]*$' })),
    },
    { additionalProperties: false },
  ),
  defaults: { to: 'email', subject: '', body: DEFAULT_BODY },
  hints: {
    to: { widget: 'attribute' },
    subject: { widget: 'liquid' },
    preheader: { widget: 'liquid' },
    body: { widget: 'mjml' },
    fromName: { widget: 'text', isAdvanced: true },
  },
  ports: () => [{ id: 'next', label: 'next' }],
  // One that is nothing but Liquid is better shown as it is than as no subject.
  summary: ({ subject }) =>
    subject.trim() === ''
      ? { key: 'noSubject' }
      : { key: 'subject', values: { subject: wordsOfSubject(subject) || subject.trim() } },
  // A fresh node has no subject yet: that is a sound state of a draft, and an error only in what is to be published.
  check: ({ to, subject, body }, { attributes }) => {
    const problems: Problem[] = [];
    if (subject.trim() === '') problems.push({ code: 'email:subject-missing', severity: 'error', param: '/subject' });
    if (body.trim() === '') problems.push({ code: 'email:body-missing', severity: 'error', param: '/body' });
    if (attributes.size > 0 && !attributes.has(to))
      problems.push({ code: 'email:address-unseen', severity: 'warning', param: '/to', values: { attribute: to } });
    return problems;
  },
  message: ({ subject, preheader, body }) => ({
    channel: 'email',
    subject,
    ...(preheader !== undefined && { preheader }),
    body,
  }),
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
