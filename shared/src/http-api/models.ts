import { type Static, Type } from 'typebox';
import { AudienceId, Condition } from '../condition/ast.ts';
import { FieldName } from '../model/attribute.ts';
import { Audience, MemberSelection } from './audiences.ts';
import { defineRoute, PageQuery, pageOf } from './route.ts';

const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()]);
const BothLanguages = Type.Object({ 'zh-CN': Type.String(), 'en-US': Type.String() });
const CLOSED = { additionalProperties: false } as const;

/** response: who is likely to meet a condition, learned from who did; look-alike: who resembles the members of an audience. */
export const ModelKind = Type.Union([Type.Literal('response'), Type.Literal('look-alike')]);
export type ModelKind = Static<typeof ModelKind>;

/** A part of a feature's values, and by how much the model multiplies the odds there against the average profile. */
export const FeatureEffect = Type.Object({
  value: Type.Union([
    Type.Object({ kind: Type.Literal('text'), text: Type.String() }),
    Type.Object({ kind: Type.Literal('boolean'), isTrue: Type.Boolean() }),
    /** Above the one and up to the other; days before now for a date. */
    Type.Object({ kind: Type.Literal('range'), above: OrNull(Type.Number()), upTo: OrNull(Type.Number()) }),
    Type.Object({ kind: Type.Literal('missing') }),
    Type.Object({ kind: Type.Literal('other') }),
  ]),
  profiles: Type.Integer(),
  oddsFactor: Type.Number(),
});
export type FeatureEffect = Static<typeof FeatureEffect>;

export const ModelFeature = Type.Object({
  attribute: Type.String(),
  /** Its part of what moves the scores, 0 to 1; all features together make 1. */
  share: Type.Number(),
  /** AUC of this feature alone on the profiles held out. */
  aloneAuc: Type.Number(),
  /** gives-away: it all but is the label; stands-out: so strong that one should ask whether it is known beforehand. */
  warning: OrNull(Type.Union([Type.Literal('gives-away'), Type.Literal('stands-out')])),
  /** Of a number or a date; anything else is mixed. */
  direction: Type.Union([Type.Literal('rises'), Type.Literal('falls'), Type.Literal('mixed')]),
  /** Numbers in their order, others the most favourable first. */
  effects: Type.Array(FeatureEffect),
});
export type ModelFeature = Static<typeof ModelFeature>;

/** Profiles held out that rank together by score; the best band first. */
export const ModelBand = Type.Object({
  profiles: Type.Integer(),
  positives: Type.Integer(),
  /** Mean score, and the share of positives found. */
  predicted: Type.Number(),
  actual: Type.Number(),
  /** How many times the share of all. */
  lift: Type.Number(),
});
export type ModelBand = Static<typeof ModelBand>;

/** What is to be expected of the best of all profiles, by the profiles held out. */
export const GainPoint = Type.Object({
  /** The best so many of all profiles, 0 to 1. */
  share: Type.Number(),
  /** So many of all positives are among them. */
  captured: Type.Number(),
  /** So many of them are positives. */
  precision: Type.Number(),
  /** The lowest score among them. */
  score: Type.Number(),
});
export type GainPoint = Static<typeof GainPoint>;

/** How good a model is, judged by profiles that took no part in its training. */
export const ModelReport = Type.Object({
  /** Profiles read and positives among them. */
  profiles: Type.Integer(),
  positives: Type.Integer(),
  /** Rows that the model learned from and was judged by; fewer than profiles where a sample was taken. */
  trainingRows: Type.Integer(),
  trainingPositives: Type.Integer(),
  heldOutRows: Type.Integer(),
  heldOutPositives: Type.Integer(),
  auc: Type.Number(),
  /** 95 % confidence interval of the AUC. */
  aucLow: Type.Number(),
  aucHigh: Type.Number(),
  /** Mean distance between predicted and actual share over the deciles, weighted by profiles. */
  calibrationError: Type.Number(),
  deciles: Type.Array(ModelBand),
  gains: Type.Array(GainPoint),
  features: Type.Array(ModelFeature),
  /** Attributes that the model does without, and why. */
  leftOut: Type.Array(
    Type.Object({
      attribute: Type.String(),
      reason: Type.Union([
        Type.Literal('label'),
        Type.Literal('score'),
        Type.Literal('unseen'),
        Type.Literal('constant'),
        Type.Literal('identifier'),
        Type.Literal('unreadable'),
      ]),
    }),
  ),
  penalty: Type.Number(),
  trainedInMs: Type.Integer(),
});
export type ModelReport = Static<typeof ModelReport>;

/** Something that goes through all profiles in the background. */
const ModelJob = Type.Object({
  status: Type.Union([
    Type.Literal('running'),
    Type.Literal('done'),
    Type.Literal('failed'),
    Type.Literal('cancelled'),
  ]),
  /** 0 to 1. */
  progress: Type.Number(),
  profiles: Type.Integer(),
  startedAt: Type.String(),
  finishedAt: OrNull(Type.String()),
});

export const ModelTraining = Type.Object({
  ...ModelJob.properties,
  phase: Type.Union([Type.Literal('reading'), Type.Literal('fitting')]),
  /** Why it failed, in both languages. */
  problem: OrNull(BothLanguages),
});
export type ModelTraining = Static<typeof ModelTraining>;

export const ModelScoring = Type.Object({ ...ModelJob.properties, attribute: Type.String() });
export type ModelScoring = Static<typeof ModelScoring>;

export const ModelSummary = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: ModelKind,
  training: ModelTraining,
  /** Of the last training that was done. */
  auc: OrNull(Type.Number()),
  trainedAt: OrNull(Type.String()),
  createdAt: Type.String(),
  createdBy: Type.String(),
});
export type ModelSummary = Static<typeof ModelSummary>;

export const Model = Type.Object({
  ...ModelSummary.properties,
  label: Condition,
  labelSentence: BothLanguages,
  /** Whom it learns from and scores; null for everyone. */
  among: OrNull(Condition),
  amongSentence: OrNull(BothLanguages),
  /** Attributes it may use; null for all that the dictionary knows. */
  include: OrNull(Type.Array(Type.String())),
  exclude: Type.Array(Type.String()),
  seed: Type.Integer(),
  scoring: OrNull(ModelScoring),
  /** Trained again by itself on what has come in, next then; null for only by hand. */
  retrain: OrNull(Type.Object({ everyDays: Type.Integer(), nextAt: Type.String() })),
  report: OrNull(ModelReport),
});
export type Model = Static<typeof Model>;

const Name = Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' });
const EveryDays = Type.Integer({ minimum: 1, maximum: 365 });
const AttributeList = Type.Array(FieldName, { maxItems: 500 });
const ModelParam = Type.Object({ modelId: Type.String({ pattern: '^[0-9A-Za-z]{1,40}$' }) });
const Keepers = ['administrator', 'operator', 'developer'] as const;
const Readers = [...Keepers, 'analyst'] as const;

export const modelRoutes = {
  listModels: defineRoute({
    method: 'GET',
    path: '/api/models',
    access: Readers,
    tag: 'models',
    summary: 'Models, newest first',
    query: Type.Object({ ...PageQuery }),
    reply: pageOf(ModelSummary),
  }),
  createModel: defineRoute({
    method: 'POST',
    path: '/api/models',
    access: Keepers,
    tag: 'models',
    summary: 'Make a model and train it in the background',
    body: Type.Object(
      {
        name: Name,
        kind: ModelKind,
        /** Of a response model: who counts as having responded. */
        label: Type.Optional(Condition),
        /** Of a look-alike: whom the others are to resemble. */
        seedAudience: Type.Optional(AudienceId),
        among: Type.Optional(Condition),
        include: Type.Optional(AttributeList),
        exclude: Type.Optional(AttributeList),
        /** The same seed deals the same profiles to training and judgement. */
        seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 })),
        retrainEveryDays: Type.Optional(EveryDays),
      },
      CLOSED,
    ),
    reply: Model,
  }),
  getModel: defineRoute({
    method: 'GET',
    path: '/api/models/:modelId',
    access: Readers,
    tag: 'models',
    summary: 'One model with its report and its progress',
    params: ModelParam,
    reply: Model,
  }),
  trainModel: defineRoute({
    method: 'POST',
    path: '/api/models/:modelId/train',
    access: Keepers,
    tag: 'models',
    summary: 'Train it again on the data of now, with other features if named; until that is done the old one serves',
    params: ModelParam,
    body: Type.Object({ include: Type.Optional(AttributeList), exclude: Type.Optional(AttributeList) }, CLOSED),
    reply: Model,
  }),
  retrainModel: defineRoute({
    method: 'PUT',
    path: '/api/models/:modelId/retraining',
    access: Keepers,
    tag: 'models',
    summary: 'Train it again by itself every so many days, and bring the scores it keeps up to date; null to stop that',
    params: ModelParam,
    body: Type.Object({ everyDays: OrNull(EveryDays) }, CLOSED),
    reply: Model,
  }),
  cancelTraining: defineRoute({
    method: 'POST',
    path: '/api/models/:modelId/cancel',
    access: Keepers,
    tag: 'models',
    summary: 'Stop a training or scoring that is under way',
    params: ModelParam,
    reply: Model,
  }),
  deleteModel: defineRoute({
    method: 'DELETE',
    path: '/api/models/:modelId',
    access: Keepers,
    tag: 'models',
    summary: 'Delete a model; audiences made from it stay and can no longer be extracted again',
    params: ModelParam,
  }),
  scoreProfiles: defineRoute({
    method: 'POST',
    path: '/api/models/:modelId/scores',
    access: Keepers,
    tag: 'models',
    summary: 'Keep the score of every profile as an attribute, in the background',
    params: ModelParam,
    body: Type.Object({ attribute: FieldName }, CLOSED),
    reply: Model,
  }),
  createModelAudience: defineRoute({
    method: 'POST',
    path: '/api/models/:modelId/audiences',
    access: Keepers,
    tag: 'models',
    summary: 'Save the best by score as a snapshot audience',
    params: ModelParam,
    body: Type.Object({ name: Name, selection: MemberSelection, isWithoutLabelled: Type.Boolean() }, CLOSED),
    reply: Audience,
  }),
};
