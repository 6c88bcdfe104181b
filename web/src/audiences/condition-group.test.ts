import { checkCondition, type Condition, evaluate } from '@sluice/shared/condition';
import { attributes, condition, instant, pastEvent } from '@sluice/shared/condition/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asksAboutRun,
  createAttributeLeaf,
  createEventLeaf,
  pointerOf,
  readGroup,
  toGroup,
  writeGroup,
} from './condition-group.ts';

const leaf: Condition = { op: 'attribute', name: 'history', is: { operator: 'exists' } };

describe('groups of conditions', () => {
  it('mean the same after being read as a group and written back, for any condition and profile', () => {
    fc.assert(
      fc.property(condition, attributes, fc.array(pastEvent, { maxLength: 4 }), instant, (tree, known, events, at) => {
        const facts = { attributes: known, events };
        const rewritten = writeGroup(toGroup(tree));
        expect(evaluate(rewritten, facts, at).isMatch).toBe(evaluate(tree, facts, at).isMatch);
      }),
    );
  });

  it('are written back exactly when nothing changed in a group', () => {
    for (const kind of ['all', 'any', 'none', 'not-all'] as const) {
      expect(readGroup(writeGroup({ kind, of: [leaf] }))).toEqual({ kind, of: [leaf] });
    }
  });

  it('point at their parts the way problems do', () => {
    const broken: Condition = { op: 'attribute', name: 'history', is: { operator: 'atLeast' } };
    for (const kind of ['all', 'any', 'none', 'not-all'] as const) {
      const group = { kind, of: [leaf, broken] };
      const problems = checkCondition(writeGroup(group), {
        attributes: new Map([['history', 'number']]),
        events: new Set(),
      });
      expect(problems.map(({ param }) => param)).toEqual([`${pointerOf(group, '', 1)}/is`]);
    }
  });

  it('start parts with a comparison that their type offers', () => {
    for (const type of ['string', 'number', 'boolean', 'date', 'list'] as const) {
      const problems = checkCondition(createAttributeLeaf('x', type), {
        attributes: new Map([['x', type]]),
        events: new Set(),
      });
      expect(problems.filter(({ code }) => code === 'condition:operator-type')).toEqual([]);
    }
    expect(checkCondition(createEventLeaf('E'), { attributes: new Map(), events: new Set(['E']) })).toEqual([]);
  });

  it('know whether any part needs a run', () => {
    const inRun: Condition = { ...createEventLeaf('E'), window: { kind: 'this-run' } };
    expect(asksAboutRun({ op: 'not', of: { op: 'any', of: [leaf, inRun] } })).toBe(true);
    expect(asksAboutRun({ op: 'all', of: [leaf, createEventLeaf('E')] })).toBe(false);
  });
});
