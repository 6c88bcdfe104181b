import { describe, expect, it } from 'vitest';
import { judgeSendFailure } from './smtp-outcome.ts';

const failure = (fields: object) => Object.assign(new Error('what the client saw'), fields);

describe('judgeSendFailure', () => {
  it.each([
    ['a permanent answer', { responseCode: 550 }, true, 'refused'],
    ['a temporary answer', { responseCode: 451 }, true, 'turned-down'],
    ['a demand to sign in', { responseCode: 530 }, false, 'unavailable'],
    ['a farewell before the message', { responseCode: 421 }, false, 'not-begun'],
    ['a farewell instead of an answer', { responseCode: 421 }, true, 'turned-down'],
    ['a broken connection before the message', { code: 'ECONNECTION' }, false, 'not-begun'],
    ['a broken connection after it began', { code: 'ECONNECTION' }, true, 'unknown'],
    ['a time-out after it began', { code: 'ETIMEDOUT' }, true, 'unknown'],
    ['an envelope the client refuses', { code: 'EENVELOPE' }, false, 'refused'],
    ['a message above the announced size', { code: 'EMESSAGE' }, false, 'refused'],
  ])('[RUN-3] reads %s', (_, fields, hasBegun, kind) => {
    expect(judgeSendFailure(failure(fields), hasBegun).kind).toBe(kind);
  });

  it("prefers the server's sentence, on one line and bounded", () => {
    const { response } = judgeSendFailure(
      failure({ responseCode: 550, response: `550-no\r\n550 ${'x'.repeat(900)}` }),
      true,
    );
    expect(response).toMatch(/^550-no 550 x+$/);
    expect(response).toHaveLength(500);
  });
});
