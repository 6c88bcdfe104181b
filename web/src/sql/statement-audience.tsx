import { api } from '@sluice/shared/http-api';
import { Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';

interface StatementAudienceProps {
  statement: string;
  /** The column that names people. */
  column: string;
  onClose: () => void;
}

/** Saves the people that a statement names as a snapshot audience. */
export function StatementAudience({ statement, column, onClose }: StatementAudienceProps) {
  const { t } = useTranslation(['sql', 'ui']);
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [isAsked, setAsked] = useState(false);
  const creation = useChange(api.statements.createStatementAudience, [api.audiences.listAudiences]);
  const isNameMissing = name.trim() === '';
  const create = () => {
    setAsked(true);
    if (isNameMissing) return;
    creation.mutate({ body: { name, statement } }, { onSuccess: ({ id }) => void navigate(`/audiences/${id}`) });
  };
  return (
    <Modal
      open
      title={t('audience.title')}
      okText={t('audience.create')}
      cancelText={t('ui:cancel')}
      okButtonProps={{ loading: creation.isPending }}
      onOk={create}
      onCancel={onClose}
    >
      <p>{t('audience.text', { column })}</p>
      <Form layout="vertical">
        <Form.Item
          label={t('audience.name')}
          htmlFor="statement-audience-name"
          {...(isAsked && isNameMissing && { validateStatus: 'error', help: t('audience.nameMissing') })}
        >
          <Input
            id="statement-audience-name"
            autoFocus
            maxLength={120}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        </Form.Item>
      </Form>
      {creation.error && <ErrorPanel error={creation.error} />}
    </Modal>
  );
}
