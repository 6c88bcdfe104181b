import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { faultsOf, runCaseFile, writeJunit } from '@sluice/runtime/sandbox';
import { api, type CaseResult } from '@sluice/shared/http-api';
import { type Command, type Given, UsageError } from '../command.ts';
import { openServer, SERVER_OPTIONS } from '../server.ts';
import { readCases } from './flow-cases.ts';
import { pathOf, readFlow } from './read-file.ts';

export const testFlow: Command = {
  name: 'flow test',
  operands: '[FILE]',
  summary: 'Run the cases of a file without a server, or with --flow those stored with a flow over its draft.',
  options: {
    ...SERVER_OPTIONS,
    flow: { value: 'FLOW', help: 'run the stored cases of this flow on the server' },
    junit: { value: 'OUT', help: 'write a JUnit report there' },
  },
  async run(given) {
    const { options, terminal } = given;
    const { suite, results } = await runCases(given);
    for (const result of results) {
      terminal.write(`${result.isPassed ? 'ok  ' : 'FAIL'} ${result.name}`);
      for (const fault of faultsOf(result)) terminal.write(`       ${fault}`);
    }
    const { junit } = options;
    if (junit !== undefined) await writeFile(pathOf(junit, terminal), writeJunit(suite, results));
    const failed = results.filter(({ isPassed }) => !isPassed).length;
    if (results.length === 0) terminal.warn('There are no cases: save a dry run as one, or add it to the file.');
    terminal.write(`${results.length - failed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  },
};

async function runCases(given: Given): Promise<{ suite: string; results: CaseResult[] }> {
  const { operands, options, terminal } = given;
  const [file] = operands;
  const { flow: flowId } = options;
  if ((file === undefined) === (flowId === undefined)) throw new UsageError('Name either a file or a flow.');
  if (file === undefined) {
    const params = { flowId: flowId ?? '' };
    const { results } = await openServer(given).call(api.cases.runCases, { params, body: {} });
    return { suite: params.flowId, results };
  }
  const { cases, ...flow } = await readFlow(file, terminal);
  return { suite: path.basename(file), results: await runCaseFile({ ...flow, cases: readCases(file, cases) }) };
}
