import type { Assertion, CheckedAssertion, Trace, TraceEntry, TraceVisit } from '@sluice/shared/http-api';
import type { FlowProgram } from '../executor/flow-program.ts';

/** Holds a trace against what must be true of it. Pure. What happened in other flows that were started does not count. */
export function judgeCase(
  program: FlowProgram,
  trace: Trace,
  assertions: readonly Assertion[],
  portsOf: (node: string) => readonly string[],
): CheckedAssertion[] {
  const own = trace.entries.filter((entry) => !('run' in entry) || trace.runs[entry.run]?.flowId === program.flowId);
  return assertions.map((assertion) => {
    if (isGone(assertion, program, portsOf)) return { assertion, outcome: 'gone' };
    const { isMet, found } = judge(assertion, own, trace);
    return { assertion, outcome: isMet ? 'met' : 'missed', ...(found !== undefined && { found }) };
  });
}

/** Nodes that were entered, with the ports by which they were left. */
export function coveredBy(flowId: string, trace: Trace): Record<string, string[]> {
  const covered: Record<string, string[]> = {};
  for (const entry of trace.entries) {
    if (entry.kind !== 'visit' && entry.kind !== 'left') continue;
    if (trace.runs[entry.run]?.flowId !== flowId) continue;
    const ports = (covered[entry.node] ??= []);
    for (const port of entry.ports) if (!ports.includes(port)) ports.push(port);
  }
  return covered;
}

function isGone(assertion: Assertion, program: FlowProgram, portsOf: (node: string) => readonly string[]): boolean {
  const node = 'node' in assertion ? assertion.node : undefined;
  if (node === undefined) return false;
  if (!program.node(node)) return true;
  if (assertion.kind === 'leaves') return !portsOf(node).includes(assertion.port);
  return assertion.kind === 'dealt' && !portsOf(node).includes(assertion.variant);
}

interface Verdict {
  isMet: boolean;
  found?: string;
}

function judge(assertion: Assertion, entries: readonly TraceEntry[], trace: Trace): Verdict {
  const visits = entries.filter((entry): entry is TraceVisit => entry.kind === 'visit');
  switch (assertion.kind) {
    case 'reaches':
      return { isMet: visits.some(({ node }) => node === assertion.node) };
    case 'avoids':
      return { isMet: visits.every(({ node }) => node !== assertion.node) };
    case 'leaves': {
      const ports = entries.flatMap((entry) =>
        (entry.kind === 'visit' || entry.kind === 'left') && entry.node === assertion.node ? entry.ports : [],
      );
      const isMet = ports.includes(assertion.port);
      return { isMet, ...(!isMet && ports.length > 0 && { found: ports.join(', ') }) };
    }
    case 'receives': {
      const sent = messagesOf(visits.filter(({ node }) => assertion.node === undefined || node === assertion.node));
      const isMet = sent.some((text) => holds(text, assertion.text));
      return { isMet, ...(!isMet && { found: String(sent.length) }) };
    }
    case 'receives-not': {
      const met = messagesOf(visits).filter((text) => holds(text, assertion.text));
      return { isMet: met.length === 0, ...(met[0] !== undefined && { found: met[0].split('\n')[0] ?? '' }) };
    }
    case 'ends':
      return judgeEnd(assertion, trace);
    case 'dealt': {
      const variant = trace.runs[0]?.variants[assertion.node];
      return { isMet: variant === assertion.variant, ...(variant !== undefined && { found: variant }) };
    }
  }
}

function judgeEnd({ reason, withinMs }: Extract<Assertion, { kind: 'ends' }>, { runs }: Trace): Verdict {
  const run = runs[0];
  if (!run || run.endedAt === null) return { isMet: false, ...(run && { found: run.status }) };
  const said = run.endReason?.values?.reason;
  const found = String(said ?? run.endReason?.code ?? '');
  const isRight = reason === undefined || reason === said || reason === run.endReason?.code;
  const isInTime = withinMs === undefined || run.endedAt - run.enteredAt <= withinMs;
  return { isMet: isRight && isInTime, ...(!isRight && { found }) };
}

/** Subject and text of every message that would have been sent. */
function messagesOf(visits: readonly TraceVisit[]): string[] {
  return visits.flatMap(({ effects }) =>
    effects.flatMap(({ message }) => (message?.status === 'sent' ? [`${message.subject}\n${message.text}`] : [])),
  );
}

function holds(text: string, wanted: string | undefined): boolean {
  return wanted === undefined || text.toLowerCase().includes(wanted.toLowerCase());
}
