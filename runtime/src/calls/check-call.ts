import { AppError } from '@sluice/shared/errors';
import type { CallContent } from '@sluice/shared/node-contract';
import type { RequestFiller } from './fill-request.ts';
import type { ServiceRegister } from './service-register.ts';

/** Why a call could never be made. */
export type CallProblem =
  | { kind: 'service-missing' }
  /** `field` of the request, such as `url`. */
  | { kind: 'content'; field: string; reason: string; line: number };

export interface CallCheck {
  /** Tries what planning would; undefined where calls can be made. */
  problemOf(content: CallContent): Promise<CallProblem | undefined>;
}

export function createCallCheck(deps: { filler: RequestFiller; services: Pick<ServiceRegister, 'exists'> }): CallCheck {
  return {
    async problemOf(content) {
      if (content.to === 'service')
        return (await deps.services.exists(content.service)) ? undefined : { kind: 'service-missing' };
      // What a step will write out is not known before it is taken.
      if (content.to === 'granted') return undefined;
      try {
        deps.filler.compile(content.request);
        return undefined;
      } catch (error) {
        if (!(error instanceof AppError) || error.kind !== 'user') throw error;
        const { field, reason, line } = error.details;
        return {
          kind: 'content',
          field: typeof field === 'string' ? field : 'body',
          reason: typeof reason === 'string' ? reason : error.message,
          line: typeof line === 'number' ? line : 1,
        };
      }
    },
  };
}
