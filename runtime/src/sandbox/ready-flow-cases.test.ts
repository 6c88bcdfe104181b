import type { ServiceField } from '@sluice/shared/http-api';
import { LOCALES } from '@sluice/shared/model';
import { readyFlows } from '@sluice/templates/flows';
import { manifests } from '@sluice/templates/manifests';
import { expect, test } from 'vitest';
import type { ActiveService } from '../calls/service-register.ts';
import { KINDS } from '../executor/executor.fixture.ts';
import { compileProgram } from '../executor/flow-program.ts';
import { instantiateReadyFlow, SERVICE_IDS } from '../flows/instantiate-ready-flow.fixture.ts';
import { runCase } from './cases.ts';
import { toState } from './read-subject.ts';
import { createContext } from './sandbox.fixture.ts';
import { faultsOf } from './write-junit.ts';

const SERVICES = new Map([
  serviceOf(SERVICE_IDS['risk'] ?? '', 'decision'),
  serviceOf(SERVICE_IDS['recommender'] ?? '', 'product'),
]);

function serviceOf(id: string, decides: string): [string, ActiveService] {
  const field: ServiceField = { name: decides, path: decides, type: 'string', isRequired: true };
  const url = `https://${id}.example.test/`;
  return [
    id,
    {
      id,
      definition: {
        name: id,
        kind: 'generic',
        request: { method: 'POST', url, headers: [], format: 'json', body: '' },
        secretHeader: '',
        fields: [field],
        decides,
        timeoutMs: 1000,
        maxAttempts: 1,
      },
      origin: new URL(url).origin,
      secret: undefined,
    },
  ];
}

test.each(readyFlows)('[TPL-2] the ready-made flow $id does what its cases say, in both languages', async (flow) => {
  const context = await createContext({ services: SERVICES });
  for (const locale of LOCALES) {
    const program = compileProgram(flow.id, 1, instantiateReadyFlow(flow, locale), KINDS);
    for (const [index, one] of flow.cases[locale].entries()) {
      const result = await runCase(program, { ...one, id: String(index) }, context, manifests, async (scenario) => {
        if (scenario.subject.kind !== 'persona') throw new Error('Ready-made flows are tried with personas');
        return toState(scenario.subject.persona, Date.parse(scenario.startAt));
      });
      expect({ case: one.name, faults: faultsOf(result) }).toEqual({ case: one.name, faults: [] });
    }
  }
});
