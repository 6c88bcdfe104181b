import { PlusOutlined } from '@ant-design/icons';
import { type Condition, EVERYONE } from '@sluice/shared/condition';
import type { GraphNode } from '@sluice/shared/graph';
import type { Mock, MockReply } from '@sluice/shared/http-api';
import { CALL_FAILURES, type CallFailureCode } from '@sluice/shared/model';
import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDistinctTitles } from '../editing/distinct-titles.ts';
import { ConditionEditor } from '../audiences/condition-editor.tsx';
import type { NodeWords } from '../editing/use-node-words.ts';
import type { NodeCatalog } from '../editor/catalog.ts';
import { RemovableRow } from '../ui/removable-row.tsx';
import styles from './sandbox.module.css';
import { SpanField } from './span-field.tsx';

const REPLIES = ['answer', 'failure', 'silence'] as const;
const BLANK: Record<MockReply['kind'], MockReply> = {
  answer: { kind: 'answer', status: 200, body: '{}', latencyMs: 0 },
  failure: { kind: 'failure', code: 'unreachable' },
  silence: { kind: 'silence' },
};

interface MocksFormProps {
  /** The nodes that call somebody. */
  nodes: readonly GraphNode[];
  catalog: NodeCatalog;
  words: NodeWords;
  value: readonly Mock[];
  onChange: (mocks: Mock[]) => void;
}

/** How those who are called behave: rule by rule, the first that fits counts. */
export function MocksForm({ nodes, catalog, words, value, onChange }: MocksFormProps) {
  const { t } = useTranslation('sandbox');
  const titleOf = useDistinctTitles(nodes, words);
  const mockOf = (node: string): Mock => value.find((mock) => mock.node === node) ?? { node, isReal: false, rules: [] };
  const set = (mock: Mock) => onChange([...value.filter(({ node }) => node !== mock.node), mock]);
  return (
    <div className={styles.rows}>
      {nodes.map((node) => {
        const mock = mockOf(node.id);
        const setRule = (index: number, rule: Mock['rules'][number] | null) =>
          set({ ...mock, rules: mock.rules.flatMap((old, at) => (at === index ? (rule ? [rule] : []) : [old])) });
        return (
          <div key={node.id} className={styles.item} role="group" aria-label={titleOf(node.id)}>
            <h4 className={styles.sub}>{titleOf(node.id)}</h4>
            {mock.rules.map((rule, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- rules have no identity but their place
              <Rule key={index} rule={rule} onChange={(next) => setRule(index, next)} />
            ))}
            {mock.rules.length === 0 && !mock.isReal && (
              <p className={styles.hint}>{t(isService(node, catalog) ? 'mocks.noneService' : 'mocks.noneWebhook')}</p>
            )}
            <div className={styles.row}>
              <Button
                type="link"
                size="small"
                icon={<PlusOutlined aria-hidden />}
                onClick={() => set({ ...mock, rules: [...mock.rules, { reply: BLANK.answer }] })}
              >
                {t('mocks.add')}
              </Button>
              <Checkbox
                className={styles.end ?? ''}
                checked={mock.isReal}
                onChange={(event) => set({ ...mock, isReal: event.target.checked })}
              >
                {t('mocks.real')}
              </Checkbox>
            </div>
          </div>
        );
      })}
    </div>
  );
}

function isService({ kind, params }: GraphNode, catalog: NodeCatalog): boolean {
  return catalog.find(kind)?.call?.(params).to === 'service';
}

type RuleValue = Mock['rules'][number];

function Rule({ rule, onChange }: { rule: RuleValue; onChange: (rule: RuleValue | null) => void }) {
  const { t } = useTranslation('sandbox');
  const { when, reply } = rule;
  const setWhen = (condition: Condition | undefined) =>
    onChange({ reply, ...(condition !== undefined && { when: condition }) });
  return (
    <div className={styles.nested}>
      <RemovableRow removeLabel={t('mocks.remove')} onRemove={() => onChange(null)}>
        <Select<MockReply['kind']>
          className={styles.grow ?? ''}
          aria-label={t('mocks.reply')}
          value={reply.kind}
          options={REPLIES.map((kind) => ({ value: kind, label: t(`mocks.replies.${kind}`) }))}
          onChange={(kind) => onChange({ ...rule, reply: BLANK[kind] })}
        />
      </RemovableRow>
      {reply.kind === 'answer' && (
        <>
          <div className={styles.row}>
            <InputNumber<number>
              className={styles.count ?? ''}
              aria-label={t('mocks.status')}
              min={200}
              max={599}
              value={reply.status}
              onChange={(status) => onChange({ ...rule, reply: { ...reply, status: status ?? 200 } })}
            />
            <span className={styles.word}>{t('mocks.after')}</span>
            <SpanField
              label={t('mocks.latency')}
              value={reply.latencyMs}
              onChange={(latencyMs) => onChange({ ...rule, reply: { ...reply, latencyMs } })}
            />
          </div>
          <Input.TextArea
            className={styles.code ?? ''}
            aria-label={t('mocks.body')}
            autoSize={{ minRows: 1, maxRows: 8 }}
            value={reply.body}
            onChange={(event) => onChange({ ...rule, reply: { ...reply, body: event.target.value } })}
          />
        </>
      )}
      {reply.kind === 'failure' && (
        <Select<CallFailureCode>
          className={styles.wide ?? ''}
          aria-label={t('mocks.failure')}
          value={reply.code}
          options={CALL_FAILURES.map((code) => ({ value: code, label: t(`failures.${code}`) }))}
          onChange={(code) => onChange({ ...rule, reply: { kind: 'failure', code } })}
        />
      )}
      <Checkbox checked={when !== undefined} onChange={(event) => setWhen(event.target.checked ? EVERYONE : undefined)}>
        {t('mocks.onlyIf')}
      </Checkbox>
      {when && <ConditionEditor value={when} isInRun onChange={setWhen} />}
    </div>
  );
}
