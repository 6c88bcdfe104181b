import { AppError, type Words } from '@sluice/shared/errors';
import type { Account, ForecastBasis, ForecastSettings, GraphChoice } from '@sluice/shared/http-api';
import type { Role } from '@sluice/shared/model';
import { ulid } from 'ulid';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { type ForecastRecord, forecasts } from './forecast-record.ts';
import { basisOf } from './prepare-forecast.ts';
import { type RunForecastDeps, runForecast } from './run-forecast.ts';

/** Forecasts of flows, made in the background. Nothing but their own records is ever written. */
export interface Forecasts {
  /** What history says, before anybody enters other figures. Throws like `Sandbox.programOf`. */
  basis(flowId: string, choice: GraphChoice, days: number, author: Role): Promise<ForecastBasis>;
  /** Throws `forecast-state` while another one of the flow is under way, and like `Sandbox.programOf`. */
  start(flowId: string, choice: GraphChoice, settings: ForecastSettings, by: Account): Promise<ForecastRecord>;
  /** Throws `not-found`. */
  get(flowId: string, forecastId: string): Promise<ForecastRecord>;
  /** Throws `forecast-state` for one that is over. */
  cancel(flowId: string, forecastId: string): Promise<ForecastRecord>;
  remove(flowId: string, forecastId: string): Promise<void>;
  /** Takes up what a crash left without a job. */
  resume(): Promise<void>;
}

export interface ForecastsDeps extends RunForecastDeps {
  scheduler: Scheduler;
  sandbox: Pick<Sandbox, 'programOf'>;
}

const JOB = 'forecasts:make';
/** Older ones make room for new ones. */
const KEPT_PER_FLOW = 30;

/** Defines its job, so it is called before the scheduler starts. */
export function createForecasts(deps: ForecastsDeps): Forecasts {
  const { database, scheduler, clock, sandbox } = deps;
  const collection = database.collection(forecasts);
  scheduler.define<{ forecastId: string }>(JOB, ({ forecastId }, job) => runForecast(deps, forecastId, job));
  const schedule = (forecastId: string) => scheduler.at(JOB, forecastId, clock.now(), { forecastId });

  const get: Forecasts['get'] = async (flowId, forecastId) => {
    const record = await collection.findOne({ _id: forecastId, flowId });
    if (record) return record;
    throw new AppError('not-found', `There is no forecast ${forecastId}`, {
      details: { what: 'forecast', id: forecastId },
    });
  };

  const makeRoom = async (flowId: string) => {
    const old = await collection
      .find({ flowId, status: { $ne: 'running' } })
      .project<{ _id: string }>({ _id: 1 })
      .sort({ startedAt: -1, _id: -1 })
      .skip(KEPT_PER_FLOW - 1)
      .toArray();
    if (old.length > 0) await collection.deleteMany({ _id: { $in: old.map(({ _id }) => _id) } });
  };

  return {
    get,

    async basis(flowId, choice, days, author) {
      const { graph } = await sandbox.programOf(flowId, choice, author);
      return (await basisOf(deps, { flowId, graph, days, now: clock.now() })).basis;
    },

    async start(flowId, choice, settings, by) {
      const program = await sandbox.programOf(flowId, choice, by.role);
      if ((await collection.countDocuments({ flowId, status: 'running' })) > 0) throw wrongState(UNDER_WAY);
      await makeRoom(flowId);
      const now = clock.now();
      const record: ForecastRecord = {
        _id: ulid(now),
        flowId,
        version: choice.graph === undefined ? (choice.version ?? null) : null,
        graph: program.graph,
        settings,
        startAt: new Date(settings.startAt === undefined ? now : Date.parse(settings.startAt)),
        status: 'running',
        phase: 'history',
        progress: 0,
        profiles: 0,
        tries: 0,
        startedAt: new Date(now),
        finishedAt: null,
        createdBy: by.name,
        problem: null,
        basis: null,
        result: null,
      };
      await collection.insertOne(record);
      await schedule(record._id);
      return record;
    },

    async cancel(flowId, forecastId) {
      await get(flowId, forecastId);
      const cancelled = await collection.findOneAndUpdate(
        { _id: forecastId, flowId, status: 'running' },
        { $set: { status: 'cancelled', finishedAt: new Date(clock.now()) }, $unset: { fence: true } },
        { returnDocument: 'after' },
      );
      if (!cancelled) throw wrongState(NOTHING_UNDER_WAY);
      return cancelled;
    },

    async remove(flowId, forecastId) {
      await get(flowId, forecastId);
      await collection.deleteOne({ _id: forecastId, flowId });
    },

    async resume() {
      for await (const { _id } of collection.find({ status: 'running' }).project<{ _id: string }>({ _id: 1 }))
        await schedule(_id);
    },
  };
}

const UNDER_WAY: Words = {
  'en-US': 'another forecast of this flow is under way; wait for it or stop it.',
  'zh-CN': '该方案已有预估正在进行，请等待完成或先停止。',
};
const NOTHING_UNDER_WAY: Words = { 'en-US': 'it is over already.', 'zh-CN': '该预估已经结束。' };

function wrongState(problem: Words): AppError {
  return new AppError('forecast-state', problem['en-US'], { details: { problem } });
}
