import { api } from '@sluice/shared/http-api';
import type { ReadLevels } from '../access/read-level.ts';
import type { AudienceList } from '../audiences/audience-list.ts';
import type { Audiences } from '../audiences/audiences.ts';
import { type NamesDeps, readNames } from '../audiences/read-names.ts';
import { accountOf } from '../http/caller.ts';
import type { Caller, Serve } from '../http/serve.ts';
import type { ReadGate, Statements } from './statements.ts';

export interface StatementRoutesDeps extends NamesDeps {
  statements: Statements;
  audiences: Audiences;
  audienceList: AudienceList;
  readLevels: ReadLevels;
}

/** A statement may take ten seconds of the store. */
const OFTEN = { rateLimit: { max: 200, windowMs: 60_000 } };
/** A check parses: asked at every pause in typing. */
const WHILE_TYPING = { rateLimit: { max: 600, windowMs: 60_000 } };

export function registerStatementRoutes(serve: Serve, deps: StatementRoutesDeps): void {
  const { statements } = deps;

  /** A statement shows values and filters by them: it may name what its author may see plainly and use. */
  async function gateOf(caller: Caller): Promise<ReadGate> {
    const lens = await deps.readLevels.of(accountOf(caller).role);
    return (name) => lens.readLevel(name) === 'plain' && lens.rightsOf(name).mayUse;
  }

  serve(api.statements.statementSchema, async ({ caller }) => statements.describe(await gateOf(caller)));
  serve(
    api.statements.checkStatement,
    async ({ body, caller }) => statements.check(body.statement, await gateOf(caller)),
    WHILE_TYPING,
  );
  serve(
    api.statements.runStatement,
    async ({ body, caller }) => statements.run(body.statement, await gateOf(caller)),
    OFTEN,
  );
  serve(
    api.statements.createStatementAudience,
    async ({ body: { name, statement }, caller }) => {
      await statements.requirePeople(statement, await gateOf(caller));
      const source = { kind: 'sql' as const, statement };
      const audience = await deps.audiences.create({ name, kind: 'snapshot', source }, accountOf(caller));
      return deps.audienceList.describe(audience, await readNames(deps));
    },
    OFTEN,
  );
}
