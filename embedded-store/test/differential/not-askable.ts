import type { GoldenArea, GoldenCase } from './golden-case.ts';
import type { StoreKind } from './store-under-test.ts';

interface NotAskable {
  area: GoldenArea;
  name: string;
  reason: string;
  /** Whether the embedded store is asked all the same: only a MongoDB server may answer otherwise. */
  isAskedOfEmbedded?: true;
}

const clock = "the answer is the server's clock, which the case cannot set";
const unordered = 'the order of the elements is not defined, and the case has one';
const refusal = 'MongoDB has it, and the embedded store refuses it';

/** Every case that is not asked, by name. */
export const notAskable: readonly NotAskable[] = [
  { area: 'update', name: '{"$currentDate":{"a":true}} on {}', reason: clock },
  { area: 'update', name: '{"$currentDate":{"a":{"$type":"date"}}} on {}', reason: clock },
  { area: 'update', name: '{"$currentDate":{"a":{"$type":"timestamp"}}} on {}', reason: clock },
  { area: 'update', name: '[{"$set":{"t":"$$NOW"}}] on {}', reason: clock },
  { area: 'expression', name: '{"expression":"$$NOW"} on {}', reason: clock },
  {
    area: 'pipeline',
    name: '[{"$group":{"_id":null,"s":{"$addToSet":"$price"}}}]',
    reason: unordered,
    isAskedOfEmbedded: true,
  },
  {
    area: 'expression',
    name: '{"expression":{"$setUnion":[[1,2],[2,1,3]]}} on {}',
    reason: unordered,
    isAskedOfEmbedded: true,
  },
  {
    area: 'expression',
    name: '{"expression":{"$setIntersection":[[1,2,3],[2,3,4]]}} on {}',
    reason: unordered,
    isAskedOfEmbedded: true,
  },
  { area: 'refused filter', name: '{"$where":"true"}', reason: refusal, isAskedOfEmbedded: true },
  { area: 'refused filter', name: '{"$text":{"$search":"x"}}', reason: refusal, isAskedOfEmbedded: true },
  { area: 'refused filter', name: '{"$jsonSchema":{}}', reason: refusal, isAskedOfEmbedded: true },
  { area: 'refused filter', name: '{"a":{"$near":[1,2]}}', reason: refusal, isAskedOfEmbedded: true },
  { area: 'refused filter', name: '{"a":{"$regex":"a++"}}', reason: refusal, isAskedOfEmbedded: true },
  { area: 'pipeline', name: '[{"$graphLookup":{}}]', reason: refusal, isAskedOfEmbedded: true },
];

/** Why a case is not asked of this kind of store; undefined when it is. */
export function whyNotAsked({ area, name }: GoldenCase, { isEmbedded }: StoreKind): string | undefined {
  const entry = notAskable.find((listed) => listed.area === area && listed.name === name);
  return entry?.isAskedOfEmbedded && isEmbedded ? undefined : entry?.reason;
}
