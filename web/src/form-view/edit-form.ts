import type { GraphNode } from '@sluice/shared/graph';
import { type NodeCatalog, portsOf } from '../editor/catalog.ts';
import type { FlowForm, FormArm, FormStep } from './flow-form.ts';

/** Where steps stand: before the test, in one of its arms, or after it. */
export type ChainPlace = { readonly at: 'before' | 'after' } | { readonly at: 'arm'; readonly port: string };

/** The kind that ends a way on which nothing more is said. */
const END_KIND = 'exit';
/** Between the cards of the canvas. */
const COLUMN = 300;
const ROW = 160;

export interface FormEditing {
  readonly catalog: NodeCatalog;
  createId(prefix: string): string;
}

export function stepsAt(form: FlowForm, place: ChainPlace): readonly FormStep[] {
  if (place.at !== 'arm') return form[place.at];
  return form.split?.arms.find(({ port }) => port === place.port)?.steps ?? [];
}

function withSteps(form: FlowForm, place: ChainPlace, steps: readonly FormStep[]): FlowForm {
  if (place.at !== 'arm') return { ...form, [place.at]: steps };
  if (!form.split) return form;
  const arms = form.split.arms.map((arm) => (arm.port === place.port ? { ...arm, steps } : arm));
  return { ...form, split: { ...form.split, arms } };
}

/** A node of a kind with what is usual for it. */
export function freshNode(kind: string, { catalog, createId }: FormEditing): GraphNode {
  const manifest = catalog.find(kind);
  if (!manifest) throw new Error(`There is no kind ${kind}`);
  const params = structuredClone(manifest.defaults) as Record<string, unknown>;
  return { id: createId(kind), kind, kindVersion: manifest.version, params, position: { x: 0, y: 0 } };
}

/** A step goes on by its usual way out; its other ones are for `complete` to end. */
function stepOf(node: GraphNode, catalog: NodeCatalog): FormStep {
  const ports = portsOf(catalog, node).map(({ id }) => id);
  const usual = catalog.find(node.kind)?.passBy ?? ports[0];
  return { node, ways: ports.filter((port) => port === usual), ends: {} };
}

export function addStep(
  form: FlowForm,
  place: ChainPlace,
  index: number,
  kind: string,
  editing: FormEditing,
): FlowForm {
  const step = stepOf(freshNode(kind, editing), editing.catalog);
  return complete(withSteps(form, place, stepsAt(form, place).toSpliced(index, 0, step)), editing);
}

export function removeStep(form: FlowForm, place: ChainPlace, index: number, editing: FormEditing): FlowForm {
  return complete(withSteps(form, place, stepsAt(form, place).toSpliced(index, 1)), editing);
}

export function moveStep(form: FlowForm, place: ChainPlace, index: number, by: -1 | 1, editing: FormEditing): FlowForm {
  const steps = stepsAt(form, place);
  const [one, two] = [steps[index], steps[index + by]];
  if (!one || !two) return form;
  return complete(withSteps(form, place, steps.with(index, two).with(index + by, one)), editing);
}

/** Deals people to arms from here on; what followed is what the first arm gets. */
export function addTest(form: FlowForm, kind: string, editing: FormEditing): FlowForm {
  if (form.split) return form;
  const node = freshNode(kind, editing);
  const first = form.before.findIndex(({ node: { kind } }) => editing.catalog.find(kind)?.category === 'action');
  const at = first < 0 ? form.before.length : first;
  const arms = portsOf(editing.catalog, node).map(({ id: port }, index): FormArm => {
    return { port, steps: index === 0 ? form.before.slice(at) : [], meets: false };
  });
  return complete({ ...form, before: form.before.slice(0, at), split: { node, arms } }, editing);
}

/** What the first arm got is what everybody gets. */
export function removeTest(form: FlowForm, editing: FormEditing): FlowForm {
  const { split, ...rest } = form;
  const [arm] = split?.arms ?? [];
  if (!arm) return form;
  const steps = [...form.before, ...arm.steps, ...(arm.meets ? form.after : [])];
  return complete({ ...rest, before: steps, after: [] }, editing);
}

/** Another kind of trigger for the same people; what both kinds know stays as it is set. */
export function changeTrigger(form: FlowForm, kind: string, editing: FormEditing): FlowForm {
  const { params, ...fresh } = freshNode(kind, editing);
  const known: object = editing.catalog.find(kind)?.params.properties ?? {};
  const shared = Object.entries(form.trigger.params).filter(
    ([name]) => name === 'audience' || (Object.hasOwn(known, name) && !Object.hasOwn(params, name)),
  );
  const { position, id } = form.trigger;
  return { ...form, trigger: { ...fresh, id, position, params: { ...params, ...Object.fromEntries(shared) } } };
}

/** A form for a flow of which there is nothing yet. */
export function emptyForm(triggerKind: string, editing: FormEditing): FlowForm {
  return complete({ trigger: freshNode(triggerKind, editing), before: [], after: [] }, editing);
}

/** Every way leads somewhere and everything has its place: an open end gets an exit, and the cards stand in columns. */
export function complete(form: FlowForm, editing: FormEditing): FlowForm {
  const exit = () => freshNode(END_KIND, editing);
  const end = (steps: readonly FormStep[], goesOn: boolean): FormStep[] => {
    const whole = steps
      // Nothing can follow an end: one that came to stand within the way ends it no longer.
      .filter(({ ways }, index) => ways.length > 0 || (index === steps.length - 1 && !goesOn))
      .map((step): FormStep => {
        const ports = portsOf(editing.catalog, step.node).map(({ id }) => id);
        const open = ports.filter((port) => !step.ways.includes(port) && !Object.hasOwn(step.ends, port));
        return { ...step, ends: { ...step.ends, ...Object.fromEntries(open.map((port) => [port, exit()])) } };
      });
    const isOpen = !goesOn && (whole.at(-1)?.ways.length ?? 1) > 0;
    return isOpen ? [...whole, stepOf(exit(), editing.catalog)] : whole;
  };
  const { before, split } = form;
  const after = form.after.length > 0 ? end(form.after, false) : [];
  const next: FlowForm = {
    ...form,
    before: end(before, split !== undefined),
    after,
    ...(split && {
      split: {
        ...split,
        arms: split.arms.map((arm) => {
          const meets = arm.meets && after.length > 0;
          return { ...arm, meets, steps: end(arm.steps, meets) };
        }),
      },
    }),
  };
  return arrange(next);
}

/** In columns from the left, an arm a row; ends below the step they belong to. */
function arrange(form: FlowForm): FlowForm {
  const { x: left, y: top } = form.trigger.position;
  const at = (node: GraphNode, column: number, row: number): GraphNode => ({
    ...node,
    position: { x: left + column * COLUMN, y: top + row * ROW },
  });
  const placed = new Map<string, GraphNode>();
  const place = (node: GraphNode, column: number, row: number) => {
    const found = placed.get(node.id) ?? at(node, column, row);
    placed.set(node.id, found);
    return found;
  };
  const chain = (steps: readonly FormStep[], column: number, row: number) =>
    steps.map((step, index): FormStep => {
      const ends = Object.entries(step.ends).map(([port, end], count) => {
        return [port, place(end, column + index + 1, row + 0.75 + count * 0.5)] as const;
      });
      return { ...step, node: place(step.node, column + index, row), ends: Object.fromEntries(ends) };
    });
  const { before, split, after } = form;
  const first = chain(before, 1, 0);
  const splitAt = 1 + before.length;
  const arms = split?.arms.map((arm, index) => ({ ...arm, steps: chain(arm.steps, splitAt + 1, index * 2) })) ?? [];
  const longest = Math.max(0, ...arms.map(({ steps }) => steps.length));
  return {
    ...form,
    before: first,
    after: chain(after, splitAt + 1 + longest, 0),
    ...(split && { split: { node: place(split.node, splitAt, 0), arms } }),
  };
}
