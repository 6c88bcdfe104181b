import { compareVersions, type MergeChoices, upgradeFlow } from '@sluice/shared/flow-template';
import type { TemplateOrigin } from '@sluice/shared/graph';
import { api, type FlowTemplate } from '@sluice/shared/http-api';
import { Alert } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { documentOf, graphOf } from '../editor/flow-document.ts';
import { useReply } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { CompareDialog } from '../plans/compare-dialog.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { manifests } from '../plans/node-kinds.ts';
import styles from './upgrade-dialog.module.css';
import { UpgradeConflict } from './upgrade-conflict.tsx';

interface UpgradeDialogProps {
  origin: TemplateOrigin;
  /** Its newest version, in the language of the flow. */
  template: FlowTemplate;
  onClose: () => void;
}

/** What a later version of its template would change in this flow, and which side stands where both changed the same. */
export function UpgradeDialog({ origin, template, onClose }: UpgradeDialogProps) {
  const { t } = useTranslation('templates');
  const language = useLanguage();
  const editor = useEditor();
  const document = useEditorState((state) => state.document);
  const [choices, setChoices] = useState<MergeChoices>({});
  const { template: templateId, version, locale } = origin;
  const older = useReply(api.flowTemplates.getTemplate, { params: { templateId }, query: { version, locale } });
  const from = older.data?.graph;
  const merge = useMemo(
    () =>
      from &&
      upgradeFlow(
        graphOf(document),
        origin,
        { from, to: template.graph, toVersion: template.version },
        manifests,
        choices,
      ),
    [document, from, origin, template, choices],
  );
  if (older.error) return <ErrorPanel error={older.error} onRetry={() => void older.refetch()} />;
  if (!merge) return null;
  const next = documentOf(document.name, merge.graph);

  function apply(): void {
    editor.run('replace-document', {
      document: next,
      name: { key: 'upgrade', values: { version: template.version } },
    });
    onClose();
  }

  return (
    <CompareDialog
      // The drawing is made once for what it shows.
      key={JSON.stringify(choices)}
      title={t('upgrade.title', { from: version, to: template.version, name: template.texts[language].name })}
      from={{ title: t('upgrade.mine'), document }}
      to={{ title: t('upgrade.theirs', { version: template.version }), document: next }}
      apply={{ text: t('upgrade.apply'), onApply: apply }}
      onClose={onClose}
    >
      <Alert type="info" title={t('upgrade.hint')} />
      <News origin={origin} template={template} />
      {merge.conflicts.map((conflict) => (
        <UpgradeConflict
          key={conflict.id}
          conflict={conflict}
          choice={choices[conflict.id] ?? 'mine'}
          onChoose={(choice) => setChoices({ ...choices, [conflict.id]: choice })}
        />
      ))}
    </CompareDialog>
  );
}

/** What the developer wrote of each version in between, newest first. */
function News({ origin, template }: Pick<UpgradeDialogProps, 'origin' | 'template'>) {
  const { t } = useTranslation('templates');
  const told = template.versions.filter(
    ({ version, note }) => note !== '' && compareVersions(version, origin.version) > 0,
  );
  if (told.length === 0) return null;
  return (
    <section aria-label={t('page.note')} className={styles.news}>
      <h3>{t('page.note')}</h3>
      <dl>
        {told.map(({ version, note }) => (
          <div key={version}>
            <dt>{version}</dt>
            <dd>{note}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
