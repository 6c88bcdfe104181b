import { api, type Approval } from '@sluice/shared/http-api';
import { Button, Checkbox, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useHasRole } from '../access/session.ts';
import { useChange } from '../http/use-route.ts';
import { NoteDialog } from '../node-templates/note-dialog.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import styles from './approval-page.module.css';

const STALE = [
  api.approvals.getApproval,
  api.approvals.listApprovals,
  api.approvals.countWaiting,
  api.flows.getFlow,
  api.flows.listFlows,
  api.flows.listVersions,
];

/** Agree, send back, or withdraw, for whoever may; else why not. */
export function ApprovalActions({ request }: { request: Approval }) {
  const { t } = useTranslation('approvals');
  const mayDecide = useHasRole('administrator', 'operator');
  const isAdministrator = useHasRole('administrator');
  const [dialog, setDialog] = useState<'approve' | 'send-back' | null>(null);
  const sendBack = useChange(api.approvals.sendBack, STALE);
  const withdraw = useChange(api.approvals.withdraw, STALE);
  const { id, flowId, state, isOwn, version, cases, requestedBy } = request;
  const params = { approvalId: id };
  if (state !== 'open')
    return version === null ? (
      <LinkButton to={`/flows/${flowId}?mode=edit`}>{t('page.openFlow')}</LinkButton>
    ) : (
      <LinkButton to={`/flows/${flowId}?mode=live&version=${version}`}>{t('page.openVersion', { version })}</LinkButton>
    );
  const isFailing = cases.some(({ isPassed }) => !isPassed);
  const reason = isOwn
    ? t('page.own')
    : !mayDecide
      ? t('page.mayNot')
      : isFailing && !isAdministrator
        ? t('page.needsAdministrator')
        : null;
  return (
    <>
      {reason && <span className={styles.quiet}>{reason}</span>}
      <LinkButton to={`/flows/${flowId}?mode=edit`}>{t('page.openFlow')}</LinkButton>
      {isOwn && (
        <Button loading={withdraw.isPending} onClick={() => withdraw.mutate({ params })}>
          {t('page.withdraw')}
        </Button>
      )}
      {withdraw.error && <ErrorPanel error={withdraw.error} />}
      {!isOwn && mayDecide && (
        <>
          <Button onClick={() => setDialog('send-back')}>{t('page.sendBack')}</Button>
          <Button type="primary" disabled={reason !== null} onClick={() => setDialog('approve')}>
            {t('page.approve')}
          </Button>
        </>
      )}
      {dialog === 'send-back' && (
        <NoteDialog
          title={t('page.sendBackTitle', { by: requestedBy })}
          label={t('page.sendBackLabel')}
          missing={t('page.sendBackMissing')}
          confirm={t('page.sendBack')}
          change={sendBack}
          onConfirm={(comment, done) => sendBack.mutate({ params, body: { comment } }, { onSuccess: done })}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'approve' && (
        <ApproveDialog request={request} isFailing={isFailing} onClose={() => setDialog(null)} />
      )}
    </>
  );
}

interface ApproveDialogProps {
  request: Approval;
  isFailing: boolean;
  onClose: () => void;
}

function ApproveDialog({ request, isFailing, onClose }: ApproveDialogProps) {
  const { t } = useTranslation(['approvals', 'ui']);
  const navigate = useNavigate();
  const commentId = useId();
  const [comment, setComment] = useState('');
  const [isIgnoring, setIgnoring] = useState(false);
  const approve = useChange(api.approvals.approve, STALE);
  const { id, flowId, flowName, base } = request;
  const body = { comment: comment.trim(), ...(isFailing && isIgnoring && { ignoreCases: true }) };
  return (
    <Modal
      open
      title={t('page.approveTitle', { name: flowName, version: (base?.version ?? 0) + 1 })}
      okText={t('page.approve')}
      cancelText={t('ui:cancel')}
      okButtonProps={{ loading: approve.isPending, disabled: isFailing && !isIgnoring }}
      onOk={() =>
        approve.mutateThen(
          { params: { approvalId: id }, body },
          ({ version }) => void navigate(`/flows/${flowId}?mode=live&version=${version}`),
        )
      }
      onCancel={onClose}
    >
      <div className={styles.facts}>
        <p>{t('page.approveText')}</p>
        {isFailing && (
          <Checkbox checked={isIgnoring} onChange={({ target }) => setIgnoring(target.checked)}>
            {t('page.ignoreCases')}
          </Checkbox>
        )}
        <div>
          <label htmlFor={commentId} className={styles.heading}>
            {t('page.comment')}
          </label>
          <Input.TextArea
            id={commentId}
            rows={3}
            maxLength={1000}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
        </div>
        {approve.error && <ErrorPanel error={approve.error} />}
      </div>
    </Modal>
  );
}
