import { api, type Model } from '@sluice/shared/http-api';
import { Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';

const NAME = /^[^$.\s][^.]{0,127}$/u;

/** Writes every profile's score as an attribute; the same one again brings it up to date. */
export function KeepScores({ model, onClose }: { model: Model; onClose: () => void }) {
  const { t } = useTranslation(['models', 'ui']);
  const [attribute, setAttribute] = useState(model.scoring?.attribute ?? '');
  const [isAsked, setAsked] = useState(false);
  const scoring = useChange(api.models.scoreProfiles, [api.models.getModel]);
  const isWrong = !NAME.test(attribute);
  const write = () => {
    setAsked(true);
    if (!isWrong) scoring.mutate({ params: { modelId: model.id }, body: { attribute } }, { onSuccess: onClose });
  };
  return (
    <Modal
      open
      title={t('keep.title')}
      okText={t('keep.confirm')}
      cancelText={t('ui:cancel')}
      okButtonProps={{ loading: scoring.isPending }}
      onOk={write}
      onCancel={onClose}
    >
      <p>{t('keep.text')}</p>
      <Form layout="vertical">
        <Form.Item
          label={t('keep.attribute')}
          htmlFor="score-attribute"
          {...(isAsked && isWrong && { validateStatus: 'error', help: t('keep.attributeMissing') })}
        >
          <Input
            id="score-attribute"
            autoFocus
            maxLength={128}
            value={attribute}
            onChange={({ target }) => setAttribute(target.value.trim())}
          />
        </Form.Item>
      </Form>
      {scoring.error && <ErrorPanel error={scoring.error} />}
    </Modal>
  );
}
