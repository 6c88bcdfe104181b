import { AppError } from '@sluice/shared/errors';
import type { ServiceTest } from '@sluice/shared/http-api';
import type { ProfileFacts } from '@sluice/shared/node-contract';
import type { Clock } from '@sluice/shared/time';
import { ulid } from 'ulid';
import type { Related } from '../datasets/related.ts';
import type { FilledRequest } from './call-record.ts';
import type { RequestFiller } from './fill-request.ts';
import type { CallMaker } from './make-call.ts';
import type { ActiveService, ServiceRegister } from './service-register.ts';

/** The rows of the profile for the look-ups of the request. */
type FindRelated = (lookups: readonly string[]) => Promise<Related | undefined>;

export interface ServiceTester {
  /** Calls the stored service once, past the queue. Throws `not-found`; whatever else goes wrong is the answer. */
  test(serviceId: string, profile: ProfileFacts, findRelated?: FindRelated): Promise<ServiceTest>;
}

export function createServiceTester(deps: {
  services: Pick<ServiceRegister, 'active'>;
  filler: RequestFiller;
  maker: CallMaker;
  clock: Clock;
}): ServiceTester {
  return {
    async test(serviceId, profile, findRelated) {
      const service = (await deps.services.active([serviceId])).get(serviceId);
      if (!service)
        throw new AppError('not-found', `There is no service ${serviceId}`, { details: { what: 'service' } });
      const filled = await fill(service, profile, findRelated);
      if ('detail' in filled)
        return {
          request: null,
          status: null,
          ms: 0,
          answer: '',
          fields: null,
          failure: { code: 'content-invalid', ...filled },
        };
      return call(service, filled, profile);
    },
  };

  async function fill(
    { definition }: ActiveService,
    profile: ProfileFacts,
    findRelated?: FindRelated,
  ): Promise<FilledRequest | { detail: string }> {
    try {
      const fillIn = deps.filler.compile(definition.request);
      return fillIn({ profile, related: await findRelated?.(fillIn.lookups) });
    } catch (error) {
      if (error instanceof AppError && error.kind === 'user') return { detail: error.message };
      throw error;
    }
  }

  async function call(service: ActiveService, request: FilledRequest, profile: ProfileFacts): Promise<ServiceTest> {
    const now = deps.clock.now();
    const { timeoutMs } = service.definition;
    const settlement = await deps.maker.make(
      {
        _id: `test/${ulid(now)}`,
        claim: '',
        runId: '',
        flowId: '',
        version: 0,
        nodeId: '',
        profileId: profile.id,
        serviceId: service.id,
        status: 'sending',
        at: new Date(now),
        request,
        origin: service.origin,
        attempts: 0,
        maxAttempts: 1,
        retryBaseMs: 0,
        timeoutMs,
        giveUpAt: new Date(now + 2 * timeoutMs),
      },
      service,
    );
    const { method, url, body = null } = request;
    const answer = 'answer' in settlement ? settlement.answer : undefined;
    return {
      request: { method, url, body },
      status: answer?.status ?? null,
      ms: answer?.ms ?? deps.clock.now() - now,
      answer: answer?.text ?? '',
      fields: settlement.kind === 'done' ? (settlement.value.fields ?? null) : null,
      failure: 'failure' in settlement ? settlement.failure : null,
    };
  }
}
