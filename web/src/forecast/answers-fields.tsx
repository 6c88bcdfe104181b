import { PlusOutlined } from '@ant-design/icons';
import type { ForecastSettings } from '@sluice/shared/http-api';
import { Button, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { RemovableRow } from '../ui/removable-row.tsx';
import styles from './forecast.module.css';
import { type SettingsDraft, withItem } from './settings-draft.ts';
import { ShareField } from './share-field.tsx';

type Replies = ForecastSettings['answers'][number]['replies'];

interface AnswersFieldsProps {
  nodes: readonly string[];
  draft: SettingsDraft;
  titleOf: (node: string) => string;
  onChange: (draft: SettingsDraft) => void;
}

/** How those answer who are asked: by share, one answer below the other. */
export function AnswersFields({ nodes, draft, titleOf, onChange }: AnswersFieldsProps) {
  const { t } = useTranslation('forecast');
  return nodes.map((node) => {
    const replies = draft.answers.find((one) => one.node === node)?.replies ?? [];
    const set = (next: Replies) =>
      onChange({
        ...draft,
        answers: withItem(
          draft.answers,
          (one) => one.node === node,
          next.length === 0 ? undefined : { node, replies: next },
        ),
      });
    const left = Math.max(0, 1 - replies.reduce((sum, { share }) => sum + share, 0));
    return (
      <fieldset key={node} className={styles.group}>
        <legend className={styles.sub}>{titleOf(node)}</legend>
        {replies.map((reply, index) => (
          <Reply
            // oxlint-disable-next-line react/no-array-index-key -- answers have no identity but their place
            key={index}
            value={reply}
            onChange={(next) => set(replies.flatMap((old, at) => (at === index ? (next ? [next] : []) : [old])))}
          />
        ))}
        <div className={styles.row}>
          <Button
            type="link"
            size="small"
            icon={<PlusOutlined aria-hidden />}
            onClick={() =>
              set([...replies, { share: left, reply: { kind: 'answer', status: 200, body: '{}', latencyMs: 0 } }])
            }
          >
            {t('answers.add')}
          </Button>
          <span className={styles.hint}>{t(replies.length === 0 ? 'answers.none' : 'answers.rest')}</span>
        </div>
      </fieldset>
    );
  });
}

function Reply({
  value: { share, reply },
  onChange,
}: {
  value: Replies[number];
  onChange: (next: Replies[number] | null) => void;
}) {
  const { t } = useTranslation('forecast');
  if (reply.kind !== 'answer') return null;
  return (
    <>
      <RemovableRow removeLabel={t('answers.remove')} onRemove={() => onChange(null)}>
        <ShareField label={t('answers.share')} value={share} onChange={(next) => onChange({ share: next, reply })} />
        <InputNumber<number>
          className={styles.grow ?? ''}
          aria-label={t('answers.status')}
          prefix={t('answers.status')}
          min={200}
          max={599}
          value={reply.status}
          onChange={(status) => onChange({ share, reply: { ...reply, status: status ?? 200 } })}
        />
      </RemovableRow>
      <Input.TextArea
        aria-label={t('answers.body')}
        autoSize={{ minRows: 1, maxRows: 6 }}
        maxLength={20_000}
        value={reply.body}
        onChange={({ target }) => onChange({ share, reply: { ...reply, body: target.value } })}
      />
    </>
  );
}
