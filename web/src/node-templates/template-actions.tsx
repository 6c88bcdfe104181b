import { api, type NodeTemplateVersion } from '@sluice/shared/http-api';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHasRole } from '../access/session.ts';
import { useChange } from '../http/use-route.ts';
import { NoteDialog } from './note-dialog.tsx';

type Move = 'available' | 'deprecated' | 'blocked';

/** What can be done with a version in a state; the server holds the same. */
const MOVES: Readonly<Record<NodeTemplateVersion['state'], readonly Move[]>> = {
  submitted: [],
  refused: [],
  available: ['deprecated', 'blocked'],
  deprecated: ['available', 'blocked'],
  blocked: ['available'],
};
const KEYS = { available: 'available', deprecated: 'deprecate', blocked: 'block' } as const;
const STALE = [api.nodeTemplates.readTemplate, api.nodeTemplates.listTemplates, api.nodeTemplates.listInstalled];

/** Deprecating, blocking and letting a version back; stopping and releasing runs is for administrators. */
export function TemplateActions({ shown }: { shown: NodeTemplateVersion }) {
  const { t } = useTranslation('nodeTemplates');
  const isAdministrator = useHasRole('administrator');
  const isDeveloper = useHasRole('developer');
  const [asked, setAsked] = useState<Move | null>(null);
  const move = useChange(api.nodeTemplates.moveTemplate, STALE);
  const { name, version } = shown.manifest;
  const allowed = MOVES[shown.state].filter(
    (to) => isAdministrator || (isDeveloper && to !== 'blocked' && shown.state !== 'blocked'),
  );
  return (
    <>
      {allowed.map((to) => (
        <Button key={to} danger={to === 'blocked'} onClick={() => setAsked(to)}>
          {t(`actions.${KEYS[to]}`)}
        </Button>
      ))}
      {asked && (
        <NoteDialog
          title={t(`actions.${KEYS[asked]}Title`, { version })}
          text={t(`actions.${KEYS[asked]}Text`)}
          label={t(asked === 'deprecated' ? 'actions.deprecateNote' : 'actions.blockNote')}
          {...(asked === 'blocked' && { missing: t('review.reasonMissing') })}
          confirm={t(`actions.${KEYS[asked]}`)}
          isDangerous={asked === 'blocked'}
          change={move}
          onConfirm={(note, done) =>
            move.mutate(
              { params: { name, version }, body: { to: asked, ...(note !== '' && { note }) } },
              { onSuccess: done },
            )
          }
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}
