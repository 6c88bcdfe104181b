import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import styles from './users-list.module.css';

interface User {
  id: string;
  name: string;
}

/** Where each kind can be taken out; derived attributes stand beside what is to be deleted, so nothing leads to them. */
const PLACES = {
  audiences: (id: string) => `/audiences/${id}`,
  flows: (id: string) => `/flows/${id}`,
  datasets: (id: string) => `/data/datasets/${encodeURIComponent(id)}/edit`,
  models: (id: string) => `/models/${id}`,
  templates: (id: string) => `/templates/${encodeURIComponent(id)}`,
  attributes: undefined,
} as const;
const KINDS = ['audiences', 'flows', 'templates', 'models', 'datasets', 'attributes'] as const;

type UsersListProps = Partial<Record<keyof typeof PLACES, readonly User[]>>;

/** What still uses a thing that is to be deleted, with the way to where it can be taken out. */
export function UsersList(users: UsersListProps) {
  const { t } = useTranslation('governance');
  return (
    <ul className={styles.users}>
      {KINDS.flatMap((kind) =>
        (users[kind] ?? []).map(({ id, name }) => {
          const to = PLACES[kind]?.(id);
          return (
            <li key={`${kind} ${id}`}>
              <span className={styles.kind}>{t(`users.${kind}`)}</span> {to ? <Link to={to}>{name}</Link> : name}
            </li>
          );
        }),
      )}
    </ul>
  );
}
