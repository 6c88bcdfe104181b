import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { emailHandler } from './email.handler.ts';
import { email } from './email.node.ts';

const params = { ...email.defaults, subject: 'Hello' };

test('one visit asks for one message, whose content is the node itself', () => {
  const outcome = emailHandler.enter(fakeStepContext({ params, nodeId: 'welcome', attributes: { email: 'a@b.test' } }));
  expect(outcome).toMatchObject({
    kind: 'advance',
    port: 'next',
    effects: [{ kind: 'send-message', channel: 'email', contentNode: 'welcome' }],
  });
});

test('[CH-2] a profile without an address is asked for too, so that the channel records why nothing went out', () => {
  const outcome = emailHandler.enter(fakeStepContext({ params }));
  expect(outcome).toMatchObject({ effects: [{ kind: 'send-message' }] });
});

test('an address attribute that nobody has is worth a warning once there is any data', () => {
  const check = (names: string[]) =>
    email.check?.(params, { attributes: new Map(names.map((name) => [name, 'string'])), events: new Set() });
  expect(check(['mail'])).toMatchObject([{ code: 'email:address-unseen', severity: 'warning' }]);
  expect(check(['email'])).toEqual([]);
  expect(check([])).toEqual([]);
});

test('an e-mail without a subject or a body is an error', () => {
  const facts = { attributes: new Map<string, string>(), events: new Set<string>() };
  const codes = email.check?.({ ...params, subject: ' ', body: '' }, facts).map(({ code }) => code);
  expect(codes).toEqual(['email:subject-missing', 'email:body-missing']);
});

test('the card shows the subject, or that there is none yet', () => {
  expect(email.summary(params)).toEqual({ key: 'subject', values: { subject: 'Hello' } });
  expect(email.summary(email.defaults)).toEqual({ key: 'noSubject' });
});
