import { createBucket } from '@sluice/shared/node-contract';
import type { Config } from '../config.ts';
import { createSandbox, type SandboxDeps } from '../sandbox/sandbox.ts';
import type { EmailCompiler } from '../content/email-compiler.ts';
import type { Core } from './core.ts';
import type { composeEngine } from './engine.ts';

/** Dry runs over the parts of the product that compute or are only read. */
export async function composeSandbox(
  core: Core,
  config: Config,
  parts: Omit<SandboxDeps, keyof Core | 'parts'> & {
    engine: Awaited<ReturnType<typeof composeEngine>>;
    compiler: EmailCompiler;
  },
) {
  const { engine, compiler, versions } = parts;
  const { programs, httpCalls } = engine;
  return createSandbox({
    ...core,
    ...parts,
    parts: {
      timeZone: config.timeZone,
      compiler,
      code: engine.code,
      decisions: engine.experiments,
      bucket: await createBucket(),
      services: httpCalls.services,
      filler: httpCalls.filler,
      realCalls: httpCalls.maker,
      async liveProgram(flowId) {
        const version = await versions.liveVersion(flowId);
        return version === undefined ? undefined : programs.get(flowId, version);
      },
    },
  });
}
