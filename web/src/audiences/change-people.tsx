import { api, type Audience } from '@sluice/shared/http-api';
import { Alert, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useFormat } from '../ui/format/use-format.ts';

const MOST = 10_000;

/** Adds people to a manual audience or removes them, by their user ids, and says what became of each. */
export function ChangePeople({ audience, onClose }: { audience: Audience; onClose: () => void }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const [text, setText] = useState('');
  const [isAsked, setAsked] = useState(false);
  const change = useChange(api.audiences.changeMembers, [api.audiences.getAudience, api.audiences.listMembers]);
  const ids = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const problem = ids.length === 0 ? t('people.idsMissing') : ids.length > MOST && t('people.tooMany', { most: MOST });
  const send = (kind: 'add' | 'remove') => {
    setAsked(true);
    if (problem) return;
    change.mutate({ params: { audienceId: audience.id }, body: { change: kind, userIds: ids } });
  };
  const { data: result } = change;
  return (
    <Modal
      open
      title={t('people.title', { name: audience.name })}
      onCancel={onClose}
      footer={[
        <Button key="close" onClick={onClose}>
          {t('people.done')}
        </Button>,
        <Button key="remove" loading={change.isPending} onClick={() => send('remove')}>
          {t('people.remove')}
        </Button>,
        <Button key="add" type="primary" loading={change.isPending} onClick={() => send('add')}>
          {t('people.add')}
        </Button>,
      ]}
    >
      <Form layout="vertical">
        <Form.Item
          label={t('people.ids')}
          htmlFor="audience-people"
          {...(isAsked && problem && { validateStatus: 'error', help: problem })}
        >
          <Input.TextArea
            id="audience-people"
            autoFocus
            rows={8}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </Form.Item>
      </Form>
      {change.error && <ErrorPanel error={change.error} />}
      {result && (
        <Alert
          type={result.unmatched > 0 ? 'warning' : 'info'}
          role="status"
          title={t('people.result', {
            matched: format.count(result.matched),
            unmatched: format.count(result.unmatched),
            duplicates: format.count(result.duplicates),
          })}
          description={result.unmatchedIds.length > 0 && t('people.unknown', { ids: result.unmatchedIds.join(', ') })}
        />
      )}
    </Modal>
  );
}
