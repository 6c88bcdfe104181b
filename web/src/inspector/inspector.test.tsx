import { api, type Service } from '@sluice/shared/http-api';
import type { FieldHint, ParamTexts } from '@sluice/shared/node-contract';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test } from 'vitest';
import { SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import type { Editor } from '../editor/editor.ts';
import { nodeKinds } from '../plans/node-kinds.ts';
import { inspect } from './inspector.fixture.tsx';

const OPEN = { sensitivity: 'internal', rights: { read: 'plain', mayReveal: false, mayUse: true } } as const;

const RISK: Service = {
  id: 's1',
  name: 'Risk check',
  kind: 'risk',
  request: { method: 'POST', url: 'https://risk.test/', headers: [], format: 'json', body: '' },
  secretHeader: '',
  hasSecret: false,
  fields: [
    { name: 'level', path: 'level', type: 'string', isRequired: true },
    { name: 'score', path: 'score', type: 'number', isRequired: false },
  ],
  decides: 'level',
  timeoutMs: 2000,
  maxAttempts: 2,
  updatedAt: '2026-03-01T10:00:00.000Z',
};
const { server } = useReplyServer();
beforeEach(() => {
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.data.listAttributes, {
    items: [{ name: 'history', type: 'number', samples: [], lastSeenAt: '2026-03-01T10:00:00.000Z', ...OPEN }],
    next: null,
  });
  server().reply(api.data.listEvents, { items: [], next: null });
  server().reply(api.calls.listServices, { items: [RISK], next: null });
  server().reply(api.content.previewEmail, { subject: 'Hi', html: '<p>Hi</p>', text: 'Hi' });
});

const paramsOf = (editor: Editor, node: string) => editor.store.getState().document.nodes[node]?.params;

describe('params that may be left out together', () => {
  test('are filled in with what is usual when they are switched on, and are gone when they are switched off', async () => {
    const { editor, panel } = await inspect('ab-split');
    const user = userEvent.setup();
    const winner = within(panel).getByRole('switch', { name: 'Choose the winner automatically' });
    expect(within(panel).queryByLabelText('Confidence')).not.toBeInTheDocument();
    await user.click(winner);
    const usual = {
      metric: 'click',
      everyMs: 86_400_000,
      looks: 3,
      minimumPerArm: 1000,
      confidence: 0.95,
      afterwards: 'all-to-winner',
    };
    expect(paramsOf(editor, 'ab-split')?.['winner']).toEqual(usual);
    const every = within(panel).getByLabelText('Look at the results every');
    expect(every).toHaveValue('1');
    await user.clear(every);
    await user.type(every, '2');
    expect(paramsOf(editor, 'ab-split')?.['winner']).toEqual({ ...usual, everyMs: 2 * 86_400_000 });
    await user.click(winner);
    expect(paramsOf(editor, 'ab-split')).not.toHaveProperty('winner');
  });
});

describe('the form of what happens to a person', () => {
  test('an event is chosen from the dictionary and tied to what started the run', async () => {
    server().reply(api.data.listEvents, {
      items: [
        { name: 'Order Paid', properties: { orderId: 'string' }, count: 3, lastSeenAt: '2026-03-01T10:00:00.000Z' },
      ],
      next: null,
    });
    const { editor, panel } = await inspect('wait-for-event');
    const user = userEvent.setup();
    await user.type(within(panel).getByLabelText('Event'), 'Order Paid');
    await user.click(await within(panel).findByRole('checkbox', { name: /belongs to what brought/ }));
    expect(paramsOf(editor, 'wait-for-event')?.['events']).toEqual([
      {
        key: 'a',
        name: 'A',
        on: { event: 'Order Paid', same: { property: 'orderId', of: 'orderId' } },
      },
    ]);
  });

  test('a flow is chosen by its name, which stays with it', async () => {
    server().reply(api.flows.listFlows, {
      items: [
        {
          id: 'f-2',
          name: 'Welcome',
          status: 'live',
          liveVersion: 1,
          hasUnpublishedChanges: false,
          createdAt: '2026-03-01T10:00:00.000Z',
          updatedAt: '2026-03-01T10:00:00.000Z',
          entered: 0,
        },
      ],
      next: null,
    });
    const { editor, panel } = await inspect('sub-flow');
    const user = userEvent.setup();
    await user.click(within(panel).getByLabelText('Flow'));
    await user.click(await screen.findByTitle('Welcome'));
    expect(paramsOf(editor, 'sub-flow')?.['flow']).toEqual({ id: 'f-2', name: 'Welcome' });
  });

  test('a case that is added to a switch is for everyone until its condition is set', async () => {
    const { editor, panel } = await inspect('switch');
    await userEvent.setup().click(within(panel).getByRole('button', { name: 'Add' }));
    const cases = paramsOf(editor, 'switch')?.['cases'] as { condition: unknown }[];
    expect(cases[2]?.condition).toEqual({ op: 'all', of: [] });
  });
});

describe('the form of a node', () => {
  test.each(nodeKinds.kinds.map((manifest) => [manifest.kind, manifest] as const))(
    'names every setting of %s from its schema',
    async (kind, manifest) => {
      const { panel } = await inspect(kind);
      const texts = manifest.texts['en-US'];
      expect(within(panel).getByRole('heading', { name: texts.title })).toBeInTheDocument();
      const hints: Record<string, FieldHint | undefined> = { ...manifest.hints };
      const always = Object.keys(manifest.params.properties).filter(
        (param) => !hints[param]?.showWhen && !hints[param]?.isAdvanced,
      );
      const labels: Record<string, ParamTexts> = texts.params;
      for (const param of always)
        expect(within(panel).getAllByText(labels[param]?.label ?? param).length).toBeGreaterThan(0);
    },
  );

  test('what is typed becomes the setting, one field one entry', async () => {
    const { editor, panel } = await inspect('email');
    await userEvent.type(within(panel).getByLabelText('Subject'), 'Hello');
    await userEvent.type(within(panel).getByLabelText('Name on the canvas'), 'Greeting');
    expect(paramsOf(editor, 'email')).toMatchObject({ subject: 'Hello' });
    const entries = editor.store.getState().history.past.slice(1);
    expect(entries.map(({ name }) => name.key)).toEqual(['edit-node', 'rename-node']);
  });

  test('what is wrong with a field is said when it is left, and tied to it', async () => {
    const { panel } = await inspect('email');
    const subject = within(panel).getByLabelText('Subject');
    await userEvent.type(subject, 'x{Backspace}');
    expect(subject).toHaveAttribute('aria-invalid', 'false');
    await userEvent.tab();
    await userEvent.tab();
    await waitFor(() => expect(subject).toHaveAttribute('aria-invalid', 'true'));
    expect(subject).toHaveAccessibleDescription(/subject/i);
  });

  test('a field that does not apply is not shown', async () => {
    const { editor, panel } = await inspect('schedule');
    const labels: Record<string, ParamTexts> = { ...nodeKinds.find('schedule')?.texts['en-US'].params };
    const label = labels['at']?.label ?? '';
    expect(within(panel).queryByText(label)).not.toBeInTheDocument();
    editor.run('set-param', { node: 'schedule', param: 'when', value: 'at' });
    expect(await within(panel).findByText(label)).toBeInTheDocument();
  });

  test('a span keeps its unit while its number changes', async () => {
    const { editor, panel } = await inspect('delay');
    const [number] = within(panel).getAllByRole('spinbutton');
    expect(number).toHaveValue('1');
    await userEvent.clear(number as HTMLElement);
    await userEvent.type(number as HTMLElement, '3');
    expect(paramsOf(editor, 'delay')).toEqual({ durationMs: 3 * 86_400_000 });
  });
});

describe('moments', () => {
  test('a time of day and the weekdays are kept as the schema spells them', async () => {
    const { editor, panel } = await inspect('until');
    fireEvent.change(within(panel).getByLabelText('Time of day'), { target: { value: '18:30' } });
    editor.run('set-param', { node: 'until', param: 'until', value: 'weekday' });
    const days = within(await within(panel).findByRole('group', { name: 'Weekdays' }));
    for (const name of ['Fri', 'Mon']) await userEvent.click(days.getByRole('checkbox', { name }));
    expect(paramsOf(editor, 'until')).toMatchObject({ at: '18:30', weekdays: [1, 5] });
  });

  test('a time zone is found by a part of its name', async () => {
    const { editor, panel } = await inspect('until');
    editor.run('set-param', { node: 'until', param: 'zone', value: 'fixed' });
    await userEvent.type(await within(panel).findByLabelText('Time zone'), 'new york');
    await userEvent.click(await screen.findByTitle('America/New York'));
    expect(paramsOf(editor, 'until')).toMatchObject({ timeZone: 'America/New_York' });
  });

  test('before and after a date are one number with a sign', async () => {
    const { editor, panel } = await inspect('until');
    editor.run('set-param', { node: 'until', param: 'until', value: 'attribute' });
    await userEvent.click(await within(panel).findByRole('combobox', { name: 'Direction' }));
    await userEvent.click(await screen.findByTitle('Before'));
    expect(paramsOf(editor, 'until')).toMatchObject({ offset: { amount: -1, unit: 'day' } });
    await userEvent.type(within(panel).getByLabelText('How many'), '{Backspace}3');
    expect(paramsOf(editor, 'until')).toMatchObject({ offset: { amount: -3, unit: 'day' } });
  });

  test('a window that is added begins with working hours', async () => {
    const { editor, panel } = await inspect('sending-window');
    await userEvent.click(within(panel).getByRole('button', { name: 'Add' }));
    const { windows } = paramsOf(editor, 'sending-window') as { windows: unknown[] };
    expect(windows).toHaveLength(2);
    expect(windows[1]).toEqual({ days: [1, 2, 3, 4, 5], from: '09:00', to: '21:00' });
  });
});

describe('variants', () => {
  type Variants = { key: string; name: string; weight: number }[];
  const variantsOf = (editor: Editor) => paramsOf(editor, 'ab-split')?.['variants'] as Variants;

  test('[EDIT-3] are named, and keep the key that edges and results hold on to, whatever they are called', async () => {
    const { editor, panel } = await inspect('ab-split', 'exit');
    const user = userEvent.setup();
    expect(within(panel).queryByText('Key')).not.toBeInTheDocument();
    editor.run('connect', { from: 'ab-split', port: 'b', to: 'exit' });
    const second = within(panel).getByRole('group', { name: 'B' });
    await user.clear(within(second).getByLabelText('Name'));
    await user.type(within(second).getByLabelText('Name'), 'Control');
    expect(variantsOf(editor).map(({ key, name }) => [key, name])).toEqual([
      ['a', 'A'],
      ['b', 'Control'],
    ]);
    await user.click(within(panel).getByRole('button', { name: 'Add a variant' }));
    await user.click(within(panel).getByRole('button', { name: 'Remove “A”' }));
    expect(variantsOf(editor)).toMatchObject([
      { key: 'b', name: 'Control', weight: 50 },
      { key: 'c', name: 'C', weight: 50 },
    ]);
    expect(Object.values(editor.store.getState().document.edges)).toMatchObject([{ port: 'b', to: 'exit' }]);
  });

  test('of two the other has the rest, so that the shares are a whole', async () => {
    const { editor, panel } = await inspect('ab-split');
    const [first] = within(panel).getAllByLabelText('Share');
    await userEvent.clear(first as HTMLElement);
    await userEvent.type(first as HTMLElement, '90');
    expect(variantsOf(editor).map(({ weight }) => weight)).toEqual([90, 10]);
    expect(within(panel).getByText('Together 100 %')).toBeInTheDocument();
    await userEvent.click(within(panel).getByRole('button', { name: 'Share evenly' }));
    expect(variantsOf(editor).map(({ weight }) => weight)).toEqual([50, 50]);
  });

  test('that came from outside with one key twice are told apart again by one click', async () => {
    const { editor, panel } = await inspect('ab-split');
    const [first] = variantsOf(editor);
    editor.run('set-param', { node: 'ab-split', param: 'variants', value: [first, { ...first, name: 'Control' }] });
    expect(await within(panel).findByText(/^Two variants have the key/)).toBeInTheDocument();
    await userEvent.click(within(panel).getByRole('button', { name: 'Give it a new key' }));
    expect(variantsOf(editor).map(({ key }) => key)).toEqual(['a', 'b']);
    expect(within(panel).queryByText(/^Two variants have the key/)).not.toBeInTheDocument();
  });

  test('their shares are summed, and can be made even', async () => {
    const { editor, panel } = await inspect('ab-split');
    await userEvent.click(within(panel).getByRole('button', { name: 'Add a variant' }));
    const variants = () => paramsOf(editor, 'ab-split')?.['variants'] as { key: string; weight: number }[];
    const count = variants().length;
    editor.run('set-param', {
      node: 'ab-split',
      param: 'variants',
      value: variants().map((variant) => ({ ...variant, weight: 10 })),
    });
    expect(await within(panel).findByText(`Together ${count * 10} %`)).toBeInTheDocument();
    await userEvent.click(within(panel).getByRole('button', { name: 'Share evenly' }));
    expect(variants().reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
    expect(new Set(variants().map(({ key }) => key)).size).toBe(count);
  });

  test('one that is removed takes its edge with it', async () => {
    const { editor, panel } = await inspect('ab-split', 'exit');
    const [first] = (paramsOf(editor, 'ab-split')?.['variants'] ?? []) as { key: string; name: string }[];
    await userEvent.click(within(panel).getByRole('button', { name: 'Add a variant' }));
    editor.run('connect', { from: 'ab-split', port: first?.key ?? '', to: 'exit' });
    await userEvent.click(within(panel).getByRole('button', { name: `Remove “${first?.name}”` }));
    expect(editor.store.getState().document.edges).toEqual({});
  });
});

describe('the cases of a service', () => {
  test('compare the field that decides, and become ways out', async () => {
    const { editor, panel } = await inspect('service');
    await userEvent.click(within(panel).getByLabelText('Service'));
    await userEvent.click(await screen.findByTitle('Risk check'));
    await userEvent.click(within(panel).getByRole('button', { name: 'Add a case' }));
    await userEvent.clear(within(panel).getByLabelText('Name'));
    await userEvent.type(within(panel).getByLabelText('Name'), 'Risky');
    await userEvent.type(within(panel).getByLabelText('Value'), 'high');
    expect(paramsOf(editor, 'service')).toMatchObject({
      service: 's1',
      cases: [{ key: 'a', name: 'Risky', is: { operator: 'equals', value: 'high' } }],
    });
    expect(within(panel).getByRole('combobox', { name: 'Where “Risky” leads' })).toBeInTheDocument();
    await userEvent.click(within(panel).getByRole('button', { name: 'Remove case “Risky”' }));
    expect(paramsOf(editor, 'service')).toMatchObject({ cases: [] });
  });
});

describe('[EDIT-4] ways out', () => {
  test('[EDIT-4] a way out is connected and opened again from a list', async () => {
    const { editor, panel } = await inspect('delay', 'exit');
    const list = within(panel).getByRole('combobox', { name: /Where .* leads/ });
    await userEvent.click(list);
    await userEvent.click(await screen.findByTitle('Exit'));
    expect(Object.values(editor.store.getState().document.edges)).toMatchObject([{ from: 'delay', to: 'exit' }]);
  });

  test('Escape closes the form', async () => {
    const { panel } = await inspect('exit');
    await userEvent.click(within(panel).getByLabelText('Name on the canvas'));
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('complementary')).not.toBeInTheDocument();
  });
});

test('a form that cannot be changed shows its values all the same', async () => {
  const { editor, panel } = await inspect('exit');
  editor.store.setState(({ session }) => ({ session: { ...session, isReadOnly: true } }));
  await waitFor(() => expect(within(panel).getByLabelText('Name on the canvas')).toBeDisabled());
});
