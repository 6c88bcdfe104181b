import { AppError } from '@sluice/shared/errors';
import { ErrorReply } from '@sluice/shared/http-api';
import { MongoNetworkError, MongoServerError } from 'mongodb';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { toErrorReply } from './error-reply.ts';

describe('toErrorReply', () => {
  it('answers with the status of the code and the details', () => {
    const answer = toErrorReply(new AppError('name-taken', 'taken', { details: { name: 'a' } }));
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'name-taken', message: 'taken', details: { name: 'a' } },
    });
    expect(Value.Check(ErrorReply, answer.body)).toBe(true);
  });

  it('says when to come back, in whole seconds', () => {
    expect(toErrorReply(new AppError('rate-limited', 'slow', { retryAfterMs: 1200 })).headers['retry-after']).toBe('2');
  });

  it('says nothing about a bug but a reference, a new one each time', () => {
    const one = toErrorReply(new TypeError('secret of the inside'));
    const two = toErrorReply('thrown text');
    expect(one.status).toBe(500);
    expect(JSON.stringify(one.body)).not.toContain('secret');
    expect(one.body.reference).toBeTruthy();
    expect(one.body.reference).not.toBe(two.body.reference);
  });

  it('tells a store that is away or too slow from a bug', () => {
    expect(toErrorReply(new MongoNetworkError('gone')).body.code).toBe('store-unreachable');
    expect(toErrorReply(new MongoServerError({ message: 'time', code: 50 })).body.code).toBe('query-too-slow');
    expect(toErrorReply(new MongoServerError({ message: 'bad', code: 2 })).body.code).toBe('unexpected');
  });
});
