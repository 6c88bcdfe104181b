import { updateCases, type UpdateCase } from '../../src/update/update.cases.ts';
import { fill, type GoldenCase, withId } from './golden-case.ts';
import { outcomeOf, rawReply, showDocuments, showQuestion, writeErrorOf } from './outcome.ts';

/** As a command, because the driver's methods check an update themselves and the server's answer is wanted. */
function askUpdate({ update, before, filter = {}, arrayFilters }: UpdateCase): GoldenCase['ask'] {
  return (db) =>
    outcomeOf(async () => {
      const collection = await fill(db, 'updates', [withId(before)]);
      const statement = { q: filter, u: update, ...(arrayFilters ? { arrayFilters } : {}) };
      const reply = await db.command({ update: 'updates', updates: [statement] });
      return writeErrorOf(reply) ?? showDocuments(await collection.find({}, rawReply).toArray());
    });
}

export const goldenUpdates: readonly GoldenCase[] = [...updateCases.values()].flat().map((given) => {
  const { update, before, after, ...rest } = given;
  return {
    area: 'update',
    name: showQuestion(update, before, ...(Object.keys(rest).length > 0 ? [rest] : [])),
    expected: typeof after === 'number' ? `error ${after}` : showDocuments([withId(after)]),
    ask: askUpdate(given),
  };
});
