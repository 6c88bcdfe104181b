import type { Graph } from '@sluice/shared/graph';
import type { Trace } from '@sluice/shared/http-api';
import { openTestDatabase } from '../../test/open-test-database.ts';
import { memberships } from '../audiences/membership-record.ts';
import { datasetRows } from '../datasets/dataset-record.ts';
import { KINDS } from '../executor/executor.fixture.ts';
import { compileProgram } from '../executor/flow-program.ts';
import { events } from '../ingest/event-record.ts';
import { type ProfileRecord, profiles } from '../profiles/profile-record.ts';
import { dryRun } from './dry-run.ts';
import { readSubject } from './read-subject.ts';
import { createContext, START, START_AT, scenarioOf } from './sandbox.fixture.ts';

/** Stored profiles that go through a flow one dry run each, as a tester would have them do. */
export interface MeasuredDryRuns {
  /** No more than reads each of them, as a dry run does before it begins; answers the seconds. */
  read(): Promise<number>;
  /** Reads and plays each; answers the seconds, the steps taken, and how long the longest trace lasted in days. */
  run(): Promise<{ seconds: number; steps: number; days: number }>;
  close(): Promise<void>;
}

export async function openDryRuns(graph: Graph, people: readonly ProfileRecord[]): Promise<MeasuredDryRuns> {
  const { database, close } = await openTestDatabase([profiles, events, memberships, datasetRows]);
  await database.collection(profiles).insertMany([...people]);
  const context = await createContext();
  const program = compileProgram('measured', 1, graph, KINDS);
  const subjectOf = ({ _id: profileId }: ProfileRecord) =>
    readSubject(database, { kind: 'profile', profileId }, START, []);
  const stage = scenarioOf({ days: 120 });

  return {
    close,
    async read() {
      const startedAt = performance.now();
      for (const profile of people) await subjectOf(profile);
      return (performance.now() - startedAt) / 1000;
    },
    async run() {
      const startedAt = performance.now();
      let steps = 0;
      let days = 0;
      for (const profile of people) {
        const trace: Trace = await dryRun(program, await subjectOf(profile), stage, context);
        steps += trace.entries.length;
        days = Math.max(days, (trace.endAt - Date.parse(START_AT)) / 86_400_000);
      }
      return { seconds: (performance.now() - startedAt) / 1000, steps, days };
    },
  };
}
