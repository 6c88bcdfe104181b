import { api, type NodeTemplate, type TemplateUse } from '@sluice/shared/http-api';
import { compareVersions } from '@sluice/shared/node-template';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useReply } from '../http/use-route.ts';
import { ListSurface } from '../ui/list-surface.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { Section } from '../ui/section.tsx';
import { StatusTag } from '../ui/status-tag.tsx';

/** The flows in which the template stands, and the way from each to its newest version. */
export function TemplateUses({ template: { name, versions } }: { template: NodeTemplate }) {
  const { t } = useTranslation('nodeTemplates');
  const uses = useReply(api.nodeTemplates.listUses, { params: { name } });
  const items = uses.data?.items ?? [];
  const newest = versions
    .filter(({ state }) => state === 'available')
    .map(({ manifest }) => manifest.version)
    .toSorted(compareVersions)
    .at(-1);
  const live = items.filter(({ isLive }) => isLive).length;
  return (
    <Section title={t('uses.title')} {...(live > 0 && { hint: t('uses.live', { count: live }) })}>
      <ListSurface list={uses}>
        {items.length === 0 ? (
          <p>{t('uses.none')}</p>
        ) : (
          <PlainTable<TemplateUse>
            label={t('uses.title')}
            rows={items}
            keyOf={({ flowId, version }) => `${flowId} ${version}`}
            columns={[
              {
                key: 'flow',
                title: t('uses.flow'),
                render: ({ flowId, flowName }) => <Link to={`/flows/${flowId}?mode=edit`}>{flowName}</Link>,
              },
              { key: 'version', title: t('uses.version'), render: ({ version }) => version },
              { key: 'where', title: t('uses.where'), render: (use) => <Where use={use} /> },
              {
                key: 'live',
                title: '',
                render: ({ isLive }) => isLive && <StatusTag tone="good" text={t('uses.liveTag')} />,
              },
              { key: 'upgrade', title: '', render: (use) => <Upgrade use={use} newest={newest} /> },
            ]}
          />
        )}
        {uses.data?.isCut && <p>{t('uses.more')}</p>}
      </ListSurface>
    </Section>
  );
}

function Where({ use: { isInDraft, flowVersions } }: { use: TemplateUse }) {
  const { t } = useTranslation('nodeTemplates');
  const comma = t('uses.comma');
  const published = t('uses.published', { count: flowVersions.length, versions: flowVersions.join(comma) });
  return [...(isInDraft ? [t('uses.draft')] : []), ...(flowVersions.length > 0 ? [published] : [])].join(comma);
}

/** A flow is upgraded in its draft, node by node, where what changes is shown; published versions stay as they are. */
function Upgrade({ use, newest }: { use: TemplateUse; newest: string | undefined }) {
  const { t } = useTranslation('nodeTemplates');
  if (newest === undefined) return null;
  if (compareVersions(use.version, newest) >= 0) return t('uses.current');
  if (!use.isInDraft) return t('uses.toDraft');
  return <Link to={`/flows/${use.flowId}?mode=edit`}>{t('uses.upgrade', { version: newest })}</Link>;
}
