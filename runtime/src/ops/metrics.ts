import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  observeAnswer(answer: { method: string; route: string; status: number; ms: number }): void;
}

/** One registry per process part, so that two servers in one test process do not count into each other. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const answers = new Histogram({
    name: 'sluice_http_answer_seconds',
    help: 'Time to answer an HTTP call, by route pattern',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return {
    registry,
    observeAnswer: ({ method, route, status, ms }) => answers.observe({ method, route, status }, ms / 1000),
  };
}
