import { Link } from 'react-router';
import styles from './users-list.module.css';

interface User {
  id: string;
  name: string;
}

interface UsersListProps {
  audiences: readonly User[];
  flows: readonly User[];
  datasets?: readonly User[];
  /** Derived ones; they stand beside what is to be deleted, so nothing leads to them. */
  attributes?: readonly User[];
}

/** What still uses a thing that is to be deleted, with the way to where it can be taken out. */
export function UsersList({ audiences, flows, datasets = [], attributes = [] }: UsersListProps) {
  const linked = [
    ...audiences.map(({ id, name }) => ({ name, to: `/audiences/${id}` })),
    ...flows.map(({ id, name }) => ({ name, to: `/flows/${id}` })),
    ...datasets.map(({ id, name }) => ({ name, to: `/data/datasets/${encodeURIComponent(id)}/edit` })),
  ];
  return (
    <ul className={styles.users}>
      {linked.map(({ name, to }) => (
        <li key={to}>
          <Link to={to}>{name}</Link>
        </li>
      ))}
      {attributes.map(({ id, name }) => (
        <li key={id}>{name}</li>
      ))}
    </ul>
  );
}
