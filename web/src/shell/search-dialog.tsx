import { api } from '@sluice/shared/http-api';
import { Input, Modal } from 'antd';
import { useDeferredValue, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useWorkspaceState } from '../access/session.ts';
import { useReply } from '../http/use-route.ts';
import { pageGroupsFor } from './pages.ts';
import styles from './search-dialog.module.css';

interface Hit {
  to: string;
  title: string;
  kind: 'page' | 'flow' | 'audience' | 'profile';
}

/** Ctrl+K: pages, flows and audiences by name, profiles by user id or e-mail. Arrow keys choose, Enter opens. */
export function SearchDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('shell');
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const navigate = useNavigate();
  const listId = useId();
  const hits = useHits(useDeferredValue(text.trim()));
  const open = (hit: Hit | undefined) => {
    if (!hit) return;
    onClose();
    void navigate(hit.to);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && hits.length > 0) {
      event.preventDefault();
      setActive((active + step + hits.length) % hits.length);
    } else if (event.key === 'Enter') {
      open(hits[active]);
    }
  };
  return (
    <Modal open footer={null} closable={false} onCancel={onClose} title={null} aria-label={t('search.open')}>
      <Input
        autoFocus
        variant="borderless"
        size="large"
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={hits[active] ? `${listId}-${active}` : undefined}
        aria-label={t('search.open')}
        placeholder={t('search.placeholder')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label={t('search.results')} className={styles.hits}>
        {hits.map((hit, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are handled by the combobox above
          <div
            key={`${hit.kind} ${hit.to}`}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            className={styles.hit}
            onMouseMove={() => setActive(index)}
            onClick={() => open(hit)}
          >
            <span className={styles.title}>{hit.title}</span>
            <span className={styles.kind}>{t(`search.kinds.${hit.kind}`)}</span>
          </div>
        ))}
        {hits.length === 0 && <p className={styles.none}>{t('search.none', { text })}</p>}
      </div>
    </Modal>
  );
}

function useHits(search: string): Hit[] {
  const { t } = useTranslation('shell');
  const role = useWorkspaceState().data?.account?.role;
  const asked = { enabled: search.length > 0 };
  const flows = useReply(api.flows.listFlows, { query: { search, limit: 6 } }, asked);
  const audiences = useReply(api.audiences.listAudiences, { query: { search, limit: 4 } }, asked);
  const profiles = useReply(api.data.listProfiles, { query: { search, limit: 4 } }, asked);
  const wanted = search.toLowerCase();
  const pages = pageGroupsFor(role)
    .flatMap((group) => group.pages)
    .map((page): Hit => ({ to: page.to, title: t(`pages.${page.title}`), kind: 'page' }))
    .filter((hit) => hit.title.toLowerCase().includes(wanted));
  if (!search) return pages;
  return [
    ...pages,
    ...(flows.data?.items ?? []).map((flow): Hit => ({ to: `/flows/${flow.id}`, title: flow.name, kind: 'flow' })),
    ...(audiences.data?.items ?? []).map(
      ({ id, name }): Hit => ({ to: `/audiences/${id}`, title: name, kind: 'audience' }),
    ),
    ...(profiles.data?.items ?? []).map(
      (profile): Hit => ({ to: `/data/profiles/${profile.id}`, title: profile.userId ?? profile.id, kind: 'profile' }),
    ),
  ];
}
