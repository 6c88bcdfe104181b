import { RequireSession } from '../access/require-session.tsx';
import { Shell } from './shell.tsx';

/** The frame of every page behind the sign-in. */
export function SignedInShell() {
  return (
    <RequireSession>
      <Shell />
    </RequireSession>
  );
}
