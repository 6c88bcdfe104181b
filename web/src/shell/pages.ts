import type { Role } from '../access/session.ts';

/** One entry of the rail and of the search; `title` is a key below `pages` of the shell's texts. */
export interface PageEntry {
  title: PageTitle;
  to: string;
  roles?: readonly Role[];
}

export type PageTitle =
  | 'home'
  | 'flows'
  | 'templates'
  | 'approvals'
  | 'failures'
  | 'audiences'
  | 'models'
  | 'sql'
  | 'profiles'
  | 'datasets'
  | 'imports'
  | 'dictionary'
  | 'quality'
  | 'outbox'
  | 'emailProvider'
  | 'services'
  | 'nodeTemplates'
  | 'writeKeys'
  | 'accessTokens'
  | 'accounts'
  | 'dataAccess';

export interface PageGroup {
  /** Key below `groups`; the first group stands without a heading. */
  title?: 'data' | 'content' | 'settings';
  pages: readonly PageEntry[];
}

export const PAGE_GROUPS: readonly PageGroup[] = [
  {
    pages: [
      { title: 'home', to: '/' },
      { title: 'flows', to: '/flows' },
      { title: 'templates', to: '/templates' },
      { title: 'approvals', to: '/approvals' },
      { title: 'failures', to: '/failures' },
      { title: 'audiences', to: '/audiences' },
      { title: 'sql', to: '/sql', roles: ['administrator', 'operator', 'developer'] },
      { title: 'models', to: '/models', roles: ['administrator', 'operator', 'developer', 'analyst'] },
    ],
  },
  {
    title: 'data',
    pages: [
      { title: 'profiles', to: '/data/profiles' },
      { title: 'datasets', to: '/data/datasets' },
      { title: 'imports', to: '/data/imports' },
      { title: 'dictionary', to: '/data/dictionary' },
      { title: 'quality', to: '/data/quality' },
    ],
  },
  { title: 'content', pages: [{ title: 'outbox', to: '/content/outbox' }] },
  {
    title: 'settings',
    pages: [
      { title: 'emailProvider', to: '/settings/email' },
      { title: 'services', to: '/settings/services' },
      { title: 'nodeTemplates', to: '/node-templates' },
      { title: 'writeKeys', to: '/settings/write-keys', roles: ['administrator', 'developer'] },
      { title: 'accessTokens', to: '/settings/access-tokens' },
      { title: 'accounts', to: '/settings/accounts', roles: ['administrator'] },
      { title: 'dataAccess', to: '/settings/data-access', roles: ['administrator', 'operator', 'developer'] },
    ],
  },
];

/** The pages that this role may open; the server refuses the rest anyway. */
export function pageGroupsFor(role: Role | undefined): PageGroup[] {
  return PAGE_GROUPS.map((group) => ({
    ...group,
    pages: group.pages.filter((page) => !page.roles || (role !== undefined && page.roles.includes(role))),
  })).filter((group) => group.pages.length > 0);
}
