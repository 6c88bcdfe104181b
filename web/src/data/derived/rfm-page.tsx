import { RFM_SEGMENTS, type RfmSegment, rfmAttribute } from '@sluice/shared/condition';
import { api, type DerivedAttribute } from '@sluice/shared/http-api';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useHasRole } from '../../access/session.ts';
import { useChange, useReply } from '../../http/use-route.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { ListSurface } from '../../ui/list-surface.tsx';
import { Page } from '../../ui/page.tsx';
import { type PlainColumn, PlainTable } from '../../ui/plain-table.tsx';
import { Section } from '../../ui/section.tsx';
import styles from './rfm-page.module.css';
import { useDerivationText } from './use-derivation-text.ts';

const LOOK_MS = 3000;
const LIST = '/data/dictionary?tab=derived';

/** Who the customers are by recency, frequency and amount, and an audience of any of them by one click. */
export function RfmPage() {
  const { t } = useTranslation('governance');
  const { name = '' } = useParams();
  const describe = useDerivationText();
  const format = useFormat();
  const derived = useReply(api.derived.listDerived, {}, { refetchInterval: LOOK_MS });
  const found = derived.data?.items.find((each) => each.name === name);
  return (
    <Page
      title={name}
      hint={found && describe(found.derivation)}
      status={
        found?.rfm && (
          <span className={styles.at}>
            {t('rfm.at', { customers: format.count(found.rfm.customers), at: format.exact(found.rfm.at) })}
          </span>
        )
      }
      actions={<LinkButton to={LIST}>{t('rfm.back')}</LinkButton>}
    >
      <ListSurface list={derived}>
        {found?.rfm ? (
          <Segments name={name} rfm={found.rfm} />
        ) : (
          <EmptyState title={t('rfm.question')} text={t('rfm.none')} />
        )}
      </ListSurface>
    </Page>
  );
}

type Figures = NonNullable<DerivedAttribute['rfm']>;
type Row = { segment: RfmSegment; size: number };

function Segments({ name, rfm }: { name: string; rfm: Figures }) {
  const { t } = useTranslation('governance');
  const format = useFormat();
  const navigate = useNavigate();
  const canCreate = useHasRole('administrator', 'operator', 'developer');
  const creation = useChange(api.audiences.createAudience, [api.audiences.listAudiences]);
  const sizes = new Map(rfm.segments.map(({ segment, size }) => [segment, size]));
  const rows = RFM_SEGMENTS.map((segment): Row => ({ segment, size: sizes.get(segment) ?? 0 }));
  const largest = Math.max(1, ...rows.map(({ size }) => size));
  const create = (segment: RfmSegment) =>
    creation.mutate(
      {
        body: {
          name: t('rfm.audienceName', { name, segment: t(`rfm.segments.${segment}`) }),
          kind: 'dynamic',
          condition: {
            op: 'attribute',
            name: rfmAttribute(name, 'segment'),
            is: { operator: 'equals', value: segment },
          },
        },
      },
      { onSuccess: ({ id }) => void navigate(`/audiences/${id}`) },
    );
  const columns: PlainColumn<Row>[] = [
    { key: 'segment', title: t('rfm.segment'), render: ({ segment }) => t(`rfm.segments.${segment}`) },
    {
      key: 'meaning',
      title: t('rfm.meaning'),
      render: ({ segment }) => <span className={styles.meaning}>{t(`rfm.meanings.${segment}`)}</span>,
    },
    {
      key: 'bar',
      title: t('rfm.share'),
      render: ({ size }) => (
        <span className={styles.share}>
          <span className={styles.track} aria-hidden>
            <span className={styles.bar} style={{ inlineSize: `${(100 * size) / largest}%` }} />
          </span>
          {format.share(size, rfm.customers)}
        </span>
      ),
    },
    { key: 'size', title: t('rfm.size'), isNumeric: true, render: ({ size }) => format.count(size) },
    {
      key: 'actions',
      title: '',
      isNumeric: true,
      render: ({ segment, size }) =>
        canCreate && (
          <Button size="small" disabled={size === 0} loading={creation.isPending} onClick={() => create(segment)}>
            {t('rfm.createAudience')}
          </Button>
        ),
    },
  ];
  return (
    <Section title={t('rfm.question')}>
      {creation.error && <ErrorPanel error={creation.error} />}
      <PlainTable label={t('rfm.question')} columns={columns} rows={rows} keyOf={({ segment }) => segment} />
    </Section>
  );
}
