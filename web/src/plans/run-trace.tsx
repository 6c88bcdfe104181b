import type { Graph } from '@sluice/shared/graph';
import type { RunRecord } from '@sluice/shared/http-api';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type CanvasMarks, marksOfWay, type WayMark } from '../canvas/canvas-marks.ts';
import { ProfileName } from '../data/profiles/profile-name.tsx';
import { StatusTag } from '../ui/status-tag.tsx';
import styles from './run-trace.module.css';
import { RUN_TONES } from './run-tones.ts';

/** The way of a run as marks on the canvas: where it went, where it is, and that it was nowhere else. */
export function marksOfRun(run: RunRecord, graph: Graph): CanvasMarks {
  const nodes = new Map<string, WayMark>(run.path.map(({ node }) => [node, 'passed']));
  const last = run.path.at(-1);
  if (last && run.endedAt === null) nodes.set(last.node, 'here');
  const ways = new Set(run.path.flatMap(({ node, port }) => (port === undefined ? [] : [`${node}:${port}`])));
  return marksOfWay({ nodes, ways }, graph.edges);
}

/** Whose way is shown, and the way back to everyone. */
export function RunTrace({ run, onClose }: { run: RunRecord; onClose: () => void }) {
  const { t } = useTranslation('plans');
  return (
    <section
      className={styles.trace}
      aria-label={t('runs.onCanvas', { who: run.userId ?? run.profileId, version: run.version })}
    >
      <strong>
        <ProfileName profile={{ id: run.profileId, userId: run.userId }} />
      </strong>
      <StatusTag tone={RUN_TONES[run.status]} text={t(`runs.status.${run.status}`)} />
      <span className={styles.about}>{t('runs.steps', { count: run.path.length })}</span>
      <Link to={`/data/profiles/${run.profileId}`}>{t('runs.openProfile')}</Link>
      <Button size="small" onClick={onClose}>
        {t('runs.leaveCanvas')}
      </Button>
    </section>
  );
}
