import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { faultsOf, runCaseFile, writeJunit } from '@sluice/runtime/sandbox';
import { AppError } from '@sluice/shared/errors';
import type { FlowFile, Problem } from '@sluice/shared/graph';
import { api, type CaseResult } from '@sluice/shared/http-api';
import { fillText } from '@sluice/shared/model';
import { type Command, type Given, type Terminal, UsageError } from '../command.ts';
import { openServer, SERVER_OPTIONS } from '../server.ts';
import { describeProblems } from './describe-problems.ts';
import { readCases } from './flow-cases.ts';
import { pathOf, readFlow } from './read-file.ts';

export const testFlow: Command = {
  name: 'flow test',
  operands: '[FILE]',
  summary: ({ test }) => test.summary,
  options: {
    ...SERVER_OPTIONS,
    flow: { value: 'FLOW', help: ({ options }) => options.testFlow },
    junit: { value: 'OUT', help: ({ options }) => options.junit },
  },
  async run(given) {
    const { options, terminal } = given;
    const { test } = terminal.texts;
    const { suite, results } = await runCases(given);
    for (const result of results) {
      terminal.write(`${result.isPassed ? 'ok  ' : 'FAIL'} ${result.name}`);
      for (const fault of faultsOf(result, terminal.locale)) terminal.write(`       ${fault}`);
    }
    const { junit } = options;
    if (junit !== undefined) await writeFile(pathOf(junit, terminal), writeJunit(suite, results));
    const failed = results.filter(({ isPassed }) => !isPassed).length;
    if (results.length === 0) terminal.warn(test.noCases);
    terminal.write(fillText(test.outcome, { passed: results.length - failed, failed }));
    return failed === 0 ? 0 : 1;
  },
};

async function runCases(given: Given): Promise<{ suite: string; results: CaseResult[] }> {
  const { operands, options, terminal } = given;
  const [file] = operands;
  const { flow: flowId } = options;
  if ((file === undefined) === (flowId === undefined)) throw new UsageError(terminal.texts.test.eitherOr);
  if (file === undefined) {
    const params = { flowId: flowId ?? '' };
    const { results } = await openServer(given).call(api.cases.runCases, { params, body: {} });
    return { suite: params.flowId, results };
  }
  return { suite: path.basename(file), results: await runFile(file, await readFlow(file, terminal), terminal) };
}

async function runFile(name: string, { cases, ...flow }: FlowFile, terminal: Terminal): Promise<CaseResult[]> {
  try {
    return await runCaseFile({ ...flow, cases: readCases(name, cases, terminal) });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'flow-has-problems') throw error;
    const { problems } = error.details as { problems: Problem[] };
    for (const line of describeProblems(name, flow.graph, problems, terminal)) terminal.warn(line);
    throw new Error(fillText(terminal.texts.test.unfit, { file: name }), { cause: error });
  }
}
