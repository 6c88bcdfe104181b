import { compareAsked } from '@sluice/shared/flow-template';
import type { FlowTemplate } from '@sluice/shared/http-api';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditorState } from '../editing/editor-context.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import { compareDocuments } from '../editor/compare.ts';
import { documentOf, graphOf } from '../editor/flow-document.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { CompareDialog } from '../plans/compare-dialog.tsx';
import styles from './save-as-template.module.css';

/** What the draft would change in a template, before it is published as its next version. */
export function VersionChanges({ template }: { template: FlowTemplate }) {
  const { t } = useTranslation(['templates', 'plans']);
  const language = useLanguage();
  const words = useNodeWords();
  const document = useEditorState((state) => state.document);
  const [isCompared, setCompared] = useState(false);
  const { graph, version, texts } = template;
  const earlier = useMemo(() => documentOf(texts[language].name, graph), [texts, language, graph]);
  const { nodes, edges, notes, isMeasurementChanged } = useMemo(
    () => compareDocuments(earlier, document),
    [earlier, document],
  );
  const asked = compareAsked(graph, graphOf(document));
  const told = {
    nodes: nodes.map(({ node, is }) => t(`save.changes.${is}`, { name: words.titleOf(node) })),
    asks: (['added', 'changed', 'removed'] as const).flatMap((is) =>
      asked[is].map(({ label }) => t(`save.changes.${is}`, { name: label[language] })),
    ),
  };
  const isOther = edges.size > 0 || notes > 0 || isMeasurementChanged;
  const isSame = !isOther && told.nodes.length === 0 && told.asks.length === 0;
  if (isSame) return <p className={styles.hint}>{t('save.changes.none', { version })}</p>;
  return (
    <section className={styles.changed} aria-label={t('save.changes.title', { version })}>
      <h3 className={styles.heading}>{t('save.changes.title', { version })}</h3>
      <ul className={styles.changes}>
        {(['nodes', 'asks'] as const)
          .filter((key) => told[key].length > 0)
          .map((key) => (
            <li key={key}>{t(`save.changes.${key}`, { items: told[key].join(t('plans:compare.comma')) })}</li>
          ))}
        {isOther && <li>{t('save.changes.other')}</li>}
      </ul>
      <Button onClick={() => setCompared(true)}>{t('save.changes.compare')}</Button>
      {isCompared && (
        <CompareDialog
          from={{ title: version, document: earlier }}
          to={{ title: t('save.changes.draft'), document }}
          onClose={() => setCompared(false)}
        />
      )}
    </section>
  );
}
