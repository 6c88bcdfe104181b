import type { Decision } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import type { Logger } from 'pino';
import { tallies } from '../analytics/tally.ts';
import type { Experiment, FlowProgram, FlowPrograms } from '../executor/flow-program.ts';
import type { Decisions } from '../executor/world.ts';
import type { Database } from '../stores/database.ts';
import { insertNew } from '../stores/insert-new.ts';
import { countArms } from './count-arms.ts';
import { experimentDecisions, experimentIdOf, type ExperimentRecord } from './experiment-record.ts';
import { judgeLook } from './judge-look.ts';

/** Splits that choose their winner: when they are looked at, what was found, and what that decides. */
export interface Experiments extends Decisions {
  /** Plans the looks of a version; told twice, the first stands. */
  begin(version: { flowId: string; version: number }): Promise<void>;
  /** Looks at every experiment whose time has come. Safe in several processes at once, and again after a kill. */
  lookAtDue(job: { touch(): Promise<void>; signal: AbortSignal }): Promise<void>;
  /** Null for a split that does not choose its winner. */
  decisionOf(program: FlowProgram, node: string): Promise<Decision | null>;
}

export function createExperiments(deps: {
  database: Database;
  clock: Clock;
  log: Logger;
  programs: FlowPrograms;
}): Experiments {
  const { database, clock, programs } = deps;
  const stored = database.collection(experimentDecisions);

  /** The first profile starts the count of time: a version may be live long before anybody comes to its split. */
  async function startIfEntered({ _id, flowId, version, node }: ExperimentRecord, everyMs: number): Promise<void> {
    const entered = { flowId, version, [`entered.${node}`]: { $exists: true } };
    if (!(await database.collection(tallies).findOne(entered, { projection: { _id: 1 } }))) return;
    const startedAt = new Date(clock.now());
    const nextLookAt = new Date(startedAt.getTime() + everyMs);
    await stored.updateOne({ _id, startedAt: { $exists: false } }, { $set: { startedAt, nextLookAt } });
  }

  async function look(record: ExperimentRecord & { startedAt: Date }, experiment: RuledExperiment): Promise<void> {
    const { rule } = experiment;
    const at = clock.now();
    const arms = await countArms(database, record, experiment, rule.metric);
    const finding = judgeLook(arms, rule);
    // Looks that a standstill has missed are not made up for: their data is part of this one.
    const startedAt = record.startedAt.getTime();
    const passed = Math.floor((at - startedAt) / rule.everyMs);
    const isOver = finding.outcome === 'won' || passed >= rule.looks;
    const figures = arms.map(({ variant, people, results }) => ({ variant, people, results }));
    await stored.updateOne(
      { _id: record._id, nextLookAt: record.nextLookAt as Date },
      {
        $push: { looks: { ...finding, at: new Date(at), arms: figures } },
        ...(isOver
          ? {
              $set: { decidedAt: new Date(at), winner: finding.outcome === 'won' ? finding.leader : null },
              $unset: { nextLookAt: '' },
            }
          : { $set: { nextLookAt: new Date(startedAt + (passed + 1) * rule.everyMs) } }),
      },
    );
  }

  async function attend(record: ExperimentRecord): Promise<void> {
    const { _id, flowId, version, node, startedAt } = record;
    const experiment = ruledOf(await programs.get(flowId, version), node);
    if (!experiment) throw new Error(`No split of a published version chooses its winner as ${_id}`);
    await (startedAt ? look({ ...record, startedAt }, experiment) : startIfEntered(record, experiment.rule.everyMs));
  }

  return {
    async begin({ flowId, version }) {
      const program = await programs.get(flowId, version);
      const now = new Date(clock.now());
      const begun = (program?.experiments ?? []).flatMap(({ node, rule }): ExperimentRecord[] =>
        rule ? [{ _id: experimentIdOf(flowId, version, node), flowId, version, node, nextLookAt: now, looks: [] }] : [],
      );
      await insertNew(stored, begun);
    },
    async lookAtDue(job) {
      const due = stored.find({ nextLookAt: { $lte: new Date(clock.now()) } }).sort({ nextLookAt: 1 });
      for await (const record of due) {
        if (job.signal.aborted) return;
        await job.touch();
        try {
          await attend(record);
        } catch (error) {
          // One that cannot be judged must not keep the others waiting; it stays due, and is tried again.
          deps.log.error({ experiment: record._id, error: String(error) }, 'an experiment could not be looked at');
        }
      }
    },
    async winner(flowId, version, node) {
      const record = await stored.findOne(
        { _id: experimentIdOf(flowId, version, node) },
        { projection: { winner: 1 } },
      );
      return record?.winner ?? undefined;
    },
    async decisionOf(program, node) {
      const experiment = ruledOf(program, node);
      if (!experiment) return null;
      const record = await stored.findOne({ _id: experimentIdOf(program.flowId, program.version, node) });
      return {
        rule: experiment.rule,
        startedAt: record?.startedAt?.toISOString() ?? null,
        nextLookAt: (record?.startedAt && record.nextLookAt?.toISOString()) ?? null,
        decidedAt: record?.decidedAt?.toISOString() ?? null,
        winner: record?.winner ?? null,
        looks: (record?.looks ?? []).map((one) => ({ ...one, at: one.at.toISOString() })),
      };
    },
  };
}

type RuledExperiment = Experiment & Required<Pick<Experiment, 'rule'>>;

function ruledOf(program: FlowProgram | undefined, node: string): RuledExperiment | undefined {
  const experiment = program?.experiments.find((one) => one.node === node);
  return experiment?.rule && { ...experiment, rule: experiment.rule };
}
