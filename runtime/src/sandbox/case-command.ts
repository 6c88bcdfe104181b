import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkGraph, Graph, hasErrors } from '@sluice/shared/graph';
import { api, CaseContent, type CaseResult } from '@sluice/shared/http-api';
import { createBucket } from '@sluice/shared/node-contract';
import { handlers } from '@sluice/templates/handlers';
import { manifests } from '@sluice/templates/manifests';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { createRequestFiller } from '../calls/fill-request.ts';
import { createCodeRunner } from '../code/code-runner.ts';
import { createEmailCompiler } from '../content/email-compiler.ts';
import { compileProgram } from '../executor/flow-program.ts';
import { runCase } from './cases.ts';
import { toState } from './read-subject.ts';
import { faultsOf, writeJunit } from './write-junit.ts';

const USAGE = `npm run flow-test -- FILE [--junit OUT]          runs the cases of a file, without a server
npm run flow-test -- --flow ID [--url URL] [--junit OUT]   runs the stored cases of a flow over its draft;
                                                 signs in with SLUICE_EMAIL and SLUICE_PASSWORD

A file holds { "flowId": text, "timeZone": text, "graph": …, "cases": [{ "name", "scenario", "assertions" }] }, as the API
and the editor write graphs and cases. Services and other flows are not reachable from a file.`;

const CaseFile = Type.Object({
  flowId: Type.Optional(Type.String()),
  timeZone: Type.Optional(Type.String()),
  graph: Graph,
  cases: Type.Array(CaseContent),
});

/** Runs every case of a file. Personas only: there is no store. */
async function runFile(file: string): Promise<{ suite: string; results: CaseResult[] }> {
  const content: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (!Value.Check(CaseFile, content)) {
    const [misfit] = Value.Errors(CaseFile, content);
    throw new Error(`${file} does not fit: ${misfit?.instancePath ?? ''} ${misfit?.message ?? ''}`);
  }
  const { flowId = 'flow', timeZone = 'UTC', graph, cases } = content;
  const problems = checkGraph(graph, manifests, { attributes: new Map(), events: new Set() });
  if (hasErrors(problems)) throw new Error(`The graph could not be published: ${JSON.stringify(problems)}`);
  const program = compileProgram(flowId, 1, graph, { manifests, handlers });
  const code = createCodeRunner();
  const none = new Map<never, never>();
  const context = {
    nameOf: (id: string) => id,
    audiences: {
      names: none,
      kinds: none,
      dynamic: none,
      byAttribute: none,
      byDataset: new Map(),
      byEvent: none,
      byAudience: none,
      forNewcomers: [],
    },
    parts: {
      timeZone,
      compiler: createEmailCompiler({ timeZone }),
      code,
      decisions: { winner: async () => undefined },
      bucket: await createBucket(),
      services: { active: async () => new Map<string, never>() },
      filler: createRequestFiller(timeZone),
      realCalls: { make: async () => ({ kind: 'failed' as const, failure: { code: 'unreachable' as const } }) },
      liveProgram: async () => undefined,
    },
  };
  const results: CaseResult[] = [];
  try {
    for (const [index, one] of cases.entries())
      results.push(
        await runCase(program, { ...one, id: String(index) }, context, manifests, async ({ subject, startAt }) => {
          if (subject.kind === 'persona') return toState(subject.persona, Date.parse(startAt));
          throw new Error(`The case "${one.name}" needs a stored profile; run it with --flow`);
        }),
      );
  } finally {
    await code.stop();
  }
  return { suite: path.basename(file), results };
}

/** Asks a running product to run the cases of a flow. */
async function runFlow(flowId: string, url: string): Promise<{ suite: string; results: CaseResult[] }> {
  const { SLUICE_EMAIL: email, SLUICE_PASSWORD: password } = process.env;
  if (!email || !password) throw new Error('Set SLUICE_EMAIL and SLUICE_PASSWORD to an account that may test flows.');
  const ask = async (address: string, body: object, cookie = '') => {
    const reply = await fetch(new URL(address, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: new URL(url).origin, cookie },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`${address} answered ${reply.status}: ${(await reply.text()).slice(0, 500)}`);
    return reply;
  };
  const signedIn = await ask(api.access.signIn.path, { email, password });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const address = api.cases.runCases.path.replace(':flowId', encodeURIComponent(flowId));
  const { results } = (await (await ask(address, {}, cookie)).json()) as { results: CaseResult[] };
  return { suite: flowId, results };
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { flow: { type: 'string' }, url: { type: 'string' }, junit: { type: 'string' } },
  });
  const [file, ...rest] = positionals;
  if (rest.length > 0 || (file === undefined) === (values.flow === undefined)) throw new Error(USAGE);
  const given = (name: string) => path.resolve(process.env['INIT_CWD'] ?? process.cwd(), name);
  const { suite, results } =
    file === undefined
      ? await runFlow(values.flow ?? '', values.url ?? 'http://127.0.0.1:4310')
      : await runFile(given(file));
  for (const result of results) {
    console.log(`${result.isPassed ? 'ok  ' : 'FAIL'} ${result.name}`);
    for (const fault of faultsOf(result)) console.log(`       ${fault}`);
  }
  if (values.junit !== undefined) await writeFile(given(values.junit), writeJunit(suite, results));
  const failed = results.filter(({ isPassed }) => !isPassed).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} catch (failure) {
  console.error(failure instanceof Error ? failure.message : String(failure));
  process.exitCode = 2;
}
