import { type Static, Type } from 'typebox';
import { AudienceId } from '../condition/ast.ts';
import { defineRoute, PageQuery, pageOf } from './route.ts';

/** How a file of members was kept from other eyes: by masks, by a passphrase, or for the holders of keys. */
export const ExportProtection = Type.Union([
  Type.Literal('masked'),
  Type.Literal('passphrase'),
  Type.Literal('recipients'),
]);
export type ExportProtection = Static<typeof ExportProtection>;

/** begun: how it ended is not known (yet); complete: handed out to its end; broken: it ended on the way. */
export const ExportStatus = Type.Union([Type.Literal('begun'), Type.Literal('complete'), Type.Literal('broken')]);
export type ExportStatus = Static<typeof ExportStatus>;

/** That somebody took the members of an audience away as a file. */
export const MemberExport = Type.Object({
  id: Type.String(),
  at: Type.String(),
  by: Type.String(),
  accountId: Type.String(),
  audience: Type.Object({ id: Type.String(), name: Type.String() }),
  /** Beside the user id; those hidden from the reader are counted in `hidden`. */
  attributes: Type.Array(Type.String()),
  hidden: Type.Integer(),
  protection: ExportProtection,
  status: ExportStatus,
  /** How many members were handed out; null while that is not known. */
  members: Type.Union([Type.Integer(), Type.Null()]),
});
export type MemberExport = Static<typeof MemberExport>;

export const exportRoutes = {
  listExports: defineRoute({
    method: 'GET',
    path: '/api/exports',
    access: ['administrator', 'operator', 'developer'],
    tag: 'audiences',
    summary: 'Who exported the members of which audience, newest first; audiences that are deleted since stay in it',
    query: Type.Object({
      ...PageQuery,
      audienceId: Type.Optional(AudienceId),
      accountId: Type.Optional(Type.String({ maxLength: 64 })),
      protection: Type.Optional(ExportProtection),
    }),
    reply: pageOf(MemberExport),
  }),
};
