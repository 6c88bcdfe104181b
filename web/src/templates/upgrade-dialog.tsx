import { type MergeChoices, type MergeConflict, upgradeFlow } from '@sluice/shared/flow-template';
import type { TemplateOrigin } from '@sluice/shared/graph';
import { api, type FlowTemplate } from '@sluice/shared/http-api';
import type { ParamTexts } from '@sluice/shared/node-contract';
import { Alert, Radio } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import { documentOf, graphOf } from '../editor/flow-document.ts';
import { useReply } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { CompareDialog } from '../plans/compare-dialog.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { manifests } from '../plans/node-kinds.ts';
import styles from './upgrade-dialog.module.css';

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
      {merge.conflicts.map((conflict) => (
        <Conflict
          key={conflict.id}
          conflict={conflict}
          choice={choices[conflict.id] ?? 'mine'}
          onChoose={(choice) => setChoices({ ...choices, [conflict.id]: choice })}
        />
      ))}
    </CompareDialog>
  );
}

interface ConflictProps {
  conflict: MergeConflict;
  choice: 'mine' | 'theirs';
  onChoose: (choice: 'mine' | 'theirs') => void;
}

function Conflict({ conflict, choice, onChoose }: ConflictProps) {
  const { t } = useTranslation('templates');
  const place = usePlaceWords()(conflict);
  return (
    <fieldset className={styles.conflict}>
      <legend>{place}</legend>
      <p>{t('upgrade.conflicts')}</p>
      <Radio.Group
        aria-label={place}
        value={choice}
        onChange={(event) => onChoose(event.target.value as 'mine' | 'theirs')}
      >
        <Radio value="mine">
          {t('upgrade.keepMine')}
          <span className={styles.value}>{useValueWords(conflict.mine)}</span>
        </Radio>
        <Radio value="theirs">
          {t('upgrade.takeTheirs')}
          <span className={styles.value}>{useValueWords(conflict.theirs)}</span>
        </Radio>
      </Radio.Group>
    </fieldset>
  );
}

/** The node and the setting as they are called on the screen. */
function usePlaceWords(): (conflict: MergeConflict) => string {
  const { t } = useTranslation('templates');
  const { catalog } = useEditor();
  const language = useLanguage();
  const words = useNodeWords();
  const nodes = useEditorState(({ document }) => document.nodes);
  return ({ id, node: nodeId, param }) => {
    const [of = '', , ...rest] = id.split('/');
    if (of === 'measurement') return t('upgrade.measurement');
    const node = nodes[nodeId ?? ''];
    const title = node ? words.titleOf(node) : (nodeId ?? id);
    const texts: Readonly<Record<string, ParamTexts>> = catalog.find(node?.kind ?? '')?.texts[language].params ?? {};
    if (param) return `${title} · ${texts[param.slice(1)]?.label ?? param.slice(1)}`;
    if (of === 'edge') return `${title} · ${t('upgrade.connection', { port: words.portNameOf(node, rest.join('/')) })}`;
    return rest.length === 0 ? `${title} · ${t('upgrade.wholeNode')}` : title;
  };
}

const MOST_LETTERS = 120;

function useValueWords(value: unknown): string {
  const { t } = useTranslation('templates');
  if (value === undefined) return t('upgrade.absent');
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text;
}
