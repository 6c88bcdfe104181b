import { api, type Hook } from '@sluice/shared/http-api';
import { Alert, Button, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange, useReply } from '../http/use-route.ts';
import { CopyBlock } from '../ui/copy-block.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import styles from './triggers-drawer.module.css';

/** Shortest secret that the server takes. */
const SHORTEST = 8;

/** The address to which other systems post, and the secret they sign with. */
export function HookPanel({ flowId, node }: { flowId: string; node: string }) {
  const { t } = useTranslation('plans');
  const found = useReply(api.hooks.listHooks, { params: { flowId } });
  const renewing = useChange(api.hooks.renewAddress, [api.hooks.listHooks]);
  if (found.error) return <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />;
  const hook = found.data?.items.find((one) => one.node === node);
  if (!hook) return null;
  const renew = () => renewing.mutate({ params: { flowId, node } });
  return (
    <div className={styles.hook}>
      {hook.path === null ? (
        <>
          <p className={styles.quiet}>{t('triggers.hook.none')}</p>
          <div>
            <Button loading={renewing.isPending} onClick={renew}>
              {t('triggers.hook.create')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <p>{t('triggers.hook.title')}</p>
          <CopyBlock label={t('triggers.hook.title')} text={window.location.origin + hook.path} />
          <div>
            <Popconfirm title={t('triggers.hook.renewAsk')} onConfirm={renew}>
              <Button loading={renewing.isPending}>{t('triggers.hook.renew')}</Button>
            </Popconfirm>
          </div>
          {hook.needsSignature && <Secret flowId={flowId} hook={hook} />}
        </>
      )}
      {renewing.error && <ErrorPanel error={renewing.error} />}
    </div>
  );
}

function Secret({ flowId, hook }: { flowId: string; hook: Hook }) {
  const { t } = useTranslation('plans');
  const [typed, setTyped] = useState('');
  const setting = useChange(api.hooks.setSecret, [api.hooks.listHooks]);
  const save = (secret?: string) =>
    setting.mutate(
      { params: { flowId, node: hook.node }, body: secret === undefined ? {} : { secret } },
      { onSuccess: () => setTyped('') },
    );
  return (
    <>
      <Alert
        showIcon
        type={hook.hasSecret ? 'info' : 'warning'}
        title={t(hook.hasSecret ? 'triggers.hook.secretSet' : 'triggers.hook.secretMissing')}
      />
      {setting.data && (
        <>
          <p>{t('triggers.hook.shown')}</p>
          <CopyBlock label={t('triggers.hook.secret')} text={setting.data.secret} />
        </>
      )}
      <div className={styles.actions}>
        <Button loading={setting.isPending} onClick={() => save()}>
          {t('triggers.hook.makeSecret')}
        </Button>
        <Input.Password
          className={styles.grow ?? ''}
          autoComplete="off"
          maxLength={200}
          value={typed}
          aria-label={t('triggers.hook.theirSecret')}
          placeholder={t('triggers.hook.theirSecret')}
          onChange={({ target }) => setTyped(target.value)}
        />
        <Button disabled={typed.length < SHORTEST} onClick={() => save(typed)}>
          {t('triggers.hook.saveSecret')}
        </Button>
      </div>
      {setting.error && <ErrorPanel error={setting.error} />}
    </>
  );
}
