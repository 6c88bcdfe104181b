import type { Graph } from '@sluice/shared/graph';
import type { Trace, TraceEntry, TraceVisit } from '@sluice/shared/http-api';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useReasonText } from '../data/profiles/use-reason-text.ts';
import type { NodeWords } from '../editing/use-node-words.ts';
import type { NodeCatalog } from '../editor/catalog.ts';
import { useFormat } from '../ui/format/use-format.ts';
import { VisitDetails } from './visit-details.tsx';
import styles from './timeline.module.css';

export interface TimelineProps {
  flowId: string;
  trace: Trace;
  graph: Graph;
  catalog: NodeCatalog;
  words: NodeWords;
  /** So many entries have happened so far; the last of them is where we are. */
  shown: number;
  onShow: (shown: number) => void;
  /** Of a live run: so many entries took place; those behind them are expected. */
  recorded?: number;
}

/** A dry run entry by entry: when, where, by which way and why. What has not happened yet stands pale. */
export function Timeline({ trace, shown, onShow, recorded, ...rest }: TimelineProps) {
  const { t } = useTranslation('sandbox');
  const isExpected = (place: number) => recorded !== undefined && place >= recorded;
  return (
    <ol className={styles.list} aria-label={t('timeline.title')}>
      {trace.entries.map((entry, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- a trace never changes
        <Fragment key={place}>
          {place === recorded && (
            <li className={styles.now}>{t(recorded === 0 ? 'timeline.ifEntered' : 'timeline.expected')}</li>
          )}
          <li
            ref={place === shown - 1 ? bringIntoView : null}
            className={styles.entry}
            data-state={place < shown - 1 ? 'past' : place === shown - 1 ? 'current' : 'future'}
            data-category={categoryOf(entry, rest)}
            data-expected={isExpected(place)}
            data-failed={entry.kind === 'refused' || (entry.kind === 'visit' && entry.outcome === 'failed')}
          >
            <Entry entry={entry} trace={trace} {...rest} onShow={() => onShow(place + 1)} />
            {place === shown - 1 && entry.kind === 'visit' && (
              <VisitDetails visit={entry} isRecorded={recorded !== undefined && !isExpected(place)} />
            )}
          </li>
        </Fragment>
      ))}
    </ol>
  );
}

function bringIntoView(entry: HTMLElement | null): void {
  entry?.scrollIntoView({ block: 'nearest' });
}

type EntryProps = Omit<TimelineProps, 'shown' | 'onShow' | 'recorded'> & { entry: TraceEntry; onShow: () => void };

function Entry({ entry, onShow, ...rest }: EntryProps) {
  const format = useFormat();
  const { t } = useTranslation('sandbox');
  const reasonText = useReasonText();
  const words = useEntryWords(rest);
  const after = entry.at - rest.trace.startAt;
  const reason = 'reason' in entry && entry.reason ? reasonText(entry.reason) : undefined;
  return (
    <button type="button" className={styles.head} onClick={onShow}>
      <time className={styles.time} dateTime={new Date(entry.at).toISOString()} title={format.exact(entry.at)}>
        {after === 0 ? t('timeline.start') : t('timeline.after', { span: format.duration(after) })}
      </time>
      <span className={styles.what}>
        <span className={styles.title}>{words.titleOf(entry)}</span>
        {words.waysOf(entry).map((way) => (
          <span key={way} className={styles.way}>
            {way}
          </span>
        ))}
        {entry.kind === 'visit' && entry.effects.length > 0 && (
          <span className={styles.way} data-kind="effect">
            {t('timeline.effects', { count: entry.effects.length })}
          </span>
        )}
      </span>
      {reason !== undefined && <span className={styles.reason}>{reason}</span>}
      {entry.kind === 'visit' && entry.problem !== undefined && (
        <span className={styles.reason} data-failed>
          {entry.problem}
        </span>
      )}
      {entry.kind === 'visit' && entry.outcome === 'wait' && (
        <span className={styles.reason}>{words.waitOf(entry)}</span>
      )}
    </button>
  );
}

/** What an entry is called, and by which ways it went on. */
function useEntryWords({ trace, flowId, graph, words }: Omit<EntryProps, 'entry' | 'onShow'>) {
  const { t } = useTranslation(['sandbox', 'plans']);
  const format = useFormat();
  const nodeOf = (id: string) => graph.nodes.find((node) => node.id === id);
  const isHere = (run: number) => trace.runs[run]?.flowId === flowId;
  const nodeTitle = (id: string, run: number) =>
    isHere(run)
      ? words.titleOf(nodeOf(id)) || id
      : t('timeline.inFlow', { node: id, flow: trace.runs[run]?.flowName ?? '' });
  return {
    titleOf(entry: TraceEntry): string {
      switch (entry.kind) {
        case 'visit':
        case 'left':
          return nodeTitle(entry.node, entry.run);
        case 'end':
          return isHere(entry.run)
            ? t('timeline.end')
            : t('timeline.endOf', { flow: trace.runs[entry.run]?.flowName ?? '' });
        case 'refused':
          return entry.code === 'other-event' || entry.code === 'no-trigger'
            ? t(`timeline.refused.${entry.code}`)
            : t(`plans:triggers.refused.${entry.code as 'in-period'}`);
        case 'happened':
          return happeningTitle(entry);
      }
    },
    waysOf(entry: TraceEntry): string[] {
      if (entry.kind !== 'visit' && entry.kind !== 'left') return [];
      return entry.ports.map((port) => (isHere(entry.run) ? words.portNameOf(nodeOf(entry.node), port) : port));
    },
    waitOf({ untilAt, awaited }: TraceVisit): string {
      const parts = [
        ...(awaited ? [t('timeline.awaits', { events: awaited.join(', ') })] : []),
        ...(untilAt === undefined ? [] : [t('timeline.until', { time: format.second(untilAt) })]),
      ];
      return parts.join(' · ');
    },
  };

  function happeningTitle({ happening, from }: Extract<TraceEntry, { kind: 'happened' }>): string {
    if (happening.kind === 'event')
      return t(from === 'flow' ? 'timeline.emitted' : 'timeline.event', { name: happening.name });
    if (happening.kind === 'attributes')
      return t('timeline.attributes', {
        names: [...Object.keys(happening.set), ...(happening.unset ?? [])].join(', '),
      });
    return t(happening.change === 'add' ? 'timeline.enters' : 'timeline.leaves');
  }
}

function categoryOf(entry: TraceEntry, { graph, catalog }: Pick<TimelineProps, 'graph' | 'catalog'>): string {
  if (entry.kind !== 'visit' && entry.kind !== 'left') return entry.kind;
  const node = graph.nodes.find(({ id }) => id === entry.node);
  return catalog.find(node?.kind ?? '')?.category ?? 'unknown';
}
