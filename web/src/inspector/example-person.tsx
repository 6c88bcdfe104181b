import type { GraphNode } from '@sluice/shared/graph';
import { api, type Profile } from '@sluice/shared/http-api';
import { Select } from 'antd';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editing/editor-context.tsx';
import { useReply } from '../http/use-route.ts';
import { useDebounced } from '../ui/use-debounced.ts';
import styles from './inspector.module.css';
import { mentionsOfNode } from './mentions.ts';

interface Example {
  /** Undefined while nobody is chosen, or not read yet. */
  readonly person: Profile | undefined;
  readonly id: string | undefined;
  choose(id: string | undefined): void;
}

const ExampleContext = createContext<Example | null>(null);

/** Whose values stand beside the settings; the same person from node to node. */
let remembered: string | undefined;

export function ExamplePersonProvider({ children }: { children: ReactNode }) {
  const [id, setId] = useState(remembered);
  const profile = useReply(api.data.getProfile, { params: { profileId: id ?? '' } }, { enabled: id !== undefined });
  const person = id === undefined ? undefined : profile.data;
  const example = useMemo(
    () => ({
      person,
      id,
      choose: (next: string | undefined) => {
        remembered = next;
        setId(next);
      },
    }),
    [person, id],
  );
  return <ExampleContext value={example}>{children}</ExampleContext>;
}

/** Absent where settings are not those of a node. */
export function useExamplePerson(): Example | null {
  return useContext(ExampleContext);
}

/** The person whose values are shown beside what asks for them; nothing where nothing asks. */
export function ExamplePersonChoice({ node }: { node: GraphNode }) {
  const { t } = useTranslation('inspector');
  const { catalog } = useEditor();
  const example = useExamplePerson();
  if (!example || mentionsOfNode(catalog, node).attributes.size === 0) return null;
  return (
    <div className={styles.section}>
      <span className={styles.heading}>{t('example.title')}</span>
      <ProfileSelect
        value={example.id}
        placeholder={t('example.none')}
        label={t('example.title')}
        onChange={example.choose}
      />
    </div>
  );
}

interface ProfileSelectProps {
  value: string | undefined;
  label: string;
  placeholder: string;
  className?: string | undefined;
  onChange: (id: string | undefined) => void;
}

/** A person, found by what is typed. */
export function ProfileSelect({ value, label, placeholder, className, onChange }: ProfileSelectProps) {
  const [search, setSearch] = useState('');
  const wanted = useDebounced(search, 300);
  const [isOpened, setOpened] = useState(value !== undefined);
  const found = useReply(
    api.data.listProfiles,
    { query: { limit: 20, ...(wanted !== '' && { search: wanted }) } },
    { enabled: isOpened },
  );
  return (
    <Select<string>
      {...(className !== undefined && { className })}
      aria-label={label}
      allowClear
      placeholder={placeholder}
      value={value ?? null}
      loading={found.isFetching}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      onOpenChange={() => setOpened(true)}
      options={found.data?.items.map((profile) => ({ value: profile.id, label: profile.userId ?? profile.id }))}
      onChange={(id) => onChange(id ?? undefined)}
    />
  );
}
