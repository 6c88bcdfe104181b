import { AppError } from '@sluice/shared/errors';
import { api, type Forecast, type ForecastSummary } from '@sluice/shared/http-api';
import { MINUTE_MS } from '@sluice/shared/time';
import { Type } from 'typebox';
import { accountOf } from '../http/caller.ts';
import type { Serve } from '../http/serve.ts';
import { readCursor, writeCursor } from '../profiles/page-cursor.ts';
import type { Database } from '../stores/database.ts';
import { type ForecastRecord, forecasts as collectionOf } from './forecast-record.ts';
import type { Forecasts } from './forecasts.ts';
import { unpackHours } from './pack-hours.ts';

/** A graph of a thousand nodes and its settings. */
const BODY_LIMIT = 9 * 1024 * 1024;
/** Each one computes for seconds. */
const START_LIMIT = { max: 30, windowMs: MINUTE_MS };
const DEFAULT_LIMIT = 20;

export function registerForecastRoutes(
  serve: Serve,
  { forecasts, database }: { forecasts: Forecasts; database: Database },
): void {
  const collection = database.collection(collectionOf);
  serve(
    api.forecasts.forecastBasis,
    ({ params, body: { days, ...choice }, caller }) =>
      forecasts.basis(params.flowId, choice, days, accountOf(caller).role),
    { bodyLimit: BODY_LIMIT, rateLimit: START_LIMIT },
  );
  serve(
    api.forecasts.startForecast,
    async ({ params, body: { settings, ...choice }, caller }) =>
      toForecast(await forecasts.start(params.flowId, choice, settings, accountOf(caller))),
    { bodyLimit: BODY_LIMIT, rateLimit: START_LIMIT },
  );
  serve(api.forecasts.listForecasts, async ({ params: { flowId }, query: { after, limit = DEFAULT_LIMIT } }) => {
    const [at, id] = after ? readCursor(after, Type.Number(), Type.String()) : [];
    const startedAt = new Date(at ?? 0);
    const older = { $or: [{ startedAt: { $lt: startedAt } }, { startedAt, _id: { $lt: id ?? '' } }] };
    const rows = await collection
      .find({ flowId, ...(at !== undefined && older) })
      .project<Listed>({ graph: 0, hours: 0, basis: 0, result: 0 })
      .sort({ startedAt: -1, _id: -1 })
      .limit(limit + 1)
      .toArray();
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const next = rows.length > limit && last ? writeCursor([last.startedAt.getTime(), last._id]) : null;
    return { items: items.map(toSummary), next };
  });
  serve(api.forecasts.getForecast, async ({ params: { flowId, forecastId } }) =>
    toForecast(await forecasts.get(flowId, forecastId)),
  );
  serve(api.forecasts.forecastHours, async ({ params: { flowId, forecastId } }) => {
    const { hours, result, graph } = await forecasts.get(flowId, forecastId);
    if (hours && result)
      return unpackHours(
        hours,
        graph.nodes.map(({ id }) => id),
        result,
      );
    throw new AppError('not-found', 'This forecast has no result', { details: { what: 'forecast', id: forecastId } });
  });
  serve(api.forecasts.cancelForecast, async ({ params: { flowId, forecastId } }) =>
    toForecast(await forecasts.cancel(flowId, forecastId)),
  );
  serve(api.forecasts.deleteForecast, async ({ params: { flowId, forecastId } }) => {
    await forecasts.remove(flowId, forecastId);
    return {};
  });
}

type Listed = Omit<ForecastRecord, 'graph' | 'hours' | 'basis' | 'result'>;

function toSummary(record: Listed): ForecastSummary {
  const { _id: id, flowId, status, phase, progress, profiles, startedAt, finishedAt, createdBy } = record;
  const { version, problem, settings } = record;
  return {
    id,
    flowId,
    status,
    phase,
    progress,
    profiles,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    createdBy,
    version,
    problem,
    settings,
  };
}

function toForecast(record: ForecastRecord): Forecast {
  const { graph, basis, result } = record;
  return { ...toSummary(record), result, graph, basis };
}
