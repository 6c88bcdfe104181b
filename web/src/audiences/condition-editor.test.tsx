import type { Condition } from '@sluice/shared/condition';
import { api } from '@sluice/shared/http-api';
import { createEvent, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { ConditionEditor } from './condition-editor.tsx';

const OPEN = { sensitivity: 'internal', rights: { read: 'plain', mayReveal: false, mayUse: true } } as const;

const { server } = useReplyServer();
const seenAt = '2026-03-01T10:00:00.000Z';
const history100: Condition = { op: 'attribute', name: 'history', is: { operator: 'greaterThan', value: 100 } };
const city: Condition = { op: 'attribute', name: 'city', is: { operator: 'equals', value: 'Berlin' } };
const did: Condition = {
  op: 'event',
  name: 'Order Completed',
  measure: { kind: 'count' },
  window: { kind: 'ever' },
  is: { operator: 'atLeast', value: 1 },
};

beforeEach(() => {
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.data.listAttributes, {
    items: [
      { name: 'history', type: 'number', samples: [], lastSeenAt: seenAt, ...OPEN },
      { name: 'city', type: 'string', samples: ['上海', 'Berlin'], lastSeenAt: seenAt, ...OPEN },
    ],
    next: null,
  });
  server().reply(api.data.listEvents, {
    items: [{ name: 'Order Completed', properties: { amount: 'number' }, count: 5, lastSeenAt: seenAt }],
    next: null,
  });
  server().reply(api.recentConditions.listRecentConditions, { items: [] });
  server().reply(api.data.countAudience, {
    count: 1234,
    total: 64_000,
    sample: [],
    sentence: { 'zh-CN': '', 'en-US': '' },
  });
});

let current: Condition;
const keep = (value: Condition) => {
  current = value;
};
function Held({ first, isInRun = false }: { first: Condition; isInRun?: boolean }) {
  const [value, setValue] = useState(first);
  const accept = (next: Condition) => {
    keep(next);
    setValue(next);
  };
  return <ConditionEditor value={value} onChange={accept} isInRun={isInRun} />;
}

describe('the condition editor', () => {
  it('[COND-4] says the condition as a sentence and counts whom it meets', async () => {
    await renderPage(<Held first={{ op: 'all', of: [history100] }} />);
    expect(await screen.findByText(/history is greater than 100/)).toBeVisible();
    expect(await screen.findByText('1,234')).toBeVisible();
    expect(screen.getByText(/of 64,000 profiles/)).toHaveTextContent('1.9%');
    expect(server().callsOf(api.data.countAudience)[0]?.body).toEqual({ condition: { op: 'all', of: [history100] } });
  });

  it('adds a condition by picking an attribute, and does not count before its value is there', async () => {
    const user = userEvent.setup();
    await renderPage(<Held first={{ op: 'all', of: [] }} />);
    expect(await screen.findByText('Everyone, until a condition is added')).toBeVisible();
    await user.click(screen.getByRole('combobox', { name: 'Add a condition' }));
    await user.click(await screen.findByTitle('history'));
    expect(current).toEqual({ op: 'all', of: [{ op: 'attribute', name: 'history', is: { operator: 'greaterThan' } }] });
    expect(await screen.findByText('Fill in every value to see how many profiles match.')).toBeVisible();
    await user.type(screen.getByRole('spinbutton', { name: 'Value' }), '100');
    expect(current).toEqual({ op: 'all', of: [history100] });
  });

  it('[COND-2] offers only the comparisons of the type', async () => {
    const user = userEvent.setup();
    await renderPage(<Held first={{ op: 'all', of: [history100] }} />);
    await user.click(await screen.findByRole('combobox', { name: 'Comparison' }));
    expect(await screen.findByTitle('is at least')).toBeInTheDocument();
    expect(screen.queryByTitle('starts with')).toBeNull();
  });

  it('keeps a part when its group turns from all into none', async () => {
    const user = userEvent.setup();
    await renderPage(<Held first={{ op: 'all', of: [history100] }} />);
    await user.click(await screen.findByRole('combobox', { name: 'How the conditions join' }));
    await user.click(await screen.findByTitle('None of these holds'));
    expect(current).toEqual({ op: 'not', of: { op: 'any', of: [history100] } });
  });

  it('nests groups and removes them whole', async () => {
    const user = userEvent.setup();
    await renderPage(<Held first={{ op: 'all', of: [history100] }} />);
    await user.click(await screen.findByRole('button', { name: 'Add a group' }));
    expect(current).toEqual({ op: 'all', of: [history100, { op: 'any', of: [] }] });
    await user.click(screen.getByRole('button', { name: 'Remove the group with its 0 conditions' }));
    expect(current).toEqual({ op: 'all', of: [history100] });
  });

  it('asks a run about events since it entered, and an audience never', async () => {
    const user = userEvent.setup();
    const { unmount } = await renderPage(<Held first={{ op: 'all', of: [did] }} />);
    await user.click(await screen.findByRole('combobox', { name: 'Period' }));
    expect(screen.queryByTitle('since entering this flow')).toBeNull();
    unmount();
    await renderPage(<Held isInRun first={{ op: 'all', of: [did] }} />);
    await user.click(await screen.findByRole('combobox', { name: 'Period' }));
    await user.click(await screen.findByTitle('since entering this flow'));
    expect(current).toEqual({ op: 'all', of: [{ ...did, window: { kind: 'this-run' } }] });
    await waitFor(() => expect(screen.queryByText(/profiles/)).toBeNull());
  });

  it('counts only events that others followed, and says so', async () => {
    const user = userEvent.setup();
    await renderPage(<Held first={{ op: 'all', of: [did] }} />);
    await user.click(await screen.findByRole('button', { name: 'Followed by' }));
    const step = { is: 'did', name: 'Email Opened', ms: 3_600_000 };
    expect(current).toEqual({ op: 'all', of: [{ ...did, followedBy: [step] }] });
    await user.click(screen.getByRole('combobox', { name: 'Whether it happened' }));
    await user.click(await screen.findByTitle('did not do'));
    expect(current).toEqual({ op: 'all', of: [{ ...did, followedBy: [{ ...step, is: 'didNot' }] }] });
    expect(screen.getByText(/not followed within 1 hour by “Email Opened”/)).toBeVisible();
    // Nothing can follow on what did not happen.
    expect(screen.queryByRole('button', { name: 'Followed by' })).toBeNull();
  });

  it('[COND-2] asks about the first and the last event by their time and by the types of their properties', async () => {
    const user = userEvent.setup();
    await renderPage(<Held first={{ op: 'all', of: [did] }} />);
    const measure = await screen.findByRole('combobox', { name: 'What is measured' });
    await user.click(measure);
    await user.click(await screen.findByTitle('time of the last'));
    expect(current).toEqual({ op: 'all', of: [{ ...did, measure: { kind: 'last' }, is: { operator: 'before' } }] });
    expect(screen.getByText(/the time of the last “Order Completed” is before/)).toBeVisible();
    await user.click(measure);
    await user.click(await screen.findByTitle('amount of the first'));
    const first = { kind: 'first', property: 'amount' };
    expect(current).toEqual({ op: 'all', of: [{ ...did, measure: first, is: { operator: 'atLeast' } }] });
    await user.click(measure);
    await user.click(await screen.findByTitle('number of times'));
    expect(current).toEqual({ op: 'all', of: [did] });
  });

  it('duplicates, moves and wraps a condition by its menu', async () => {
    const user = userEvent.setup();
    await renderPage(<Held first={{ op: 'all', of: [history100, city] }} />);
    const choose = async (name: string, action: string) => {
      await user.click(await screen.findByRole('button', { name: `More for ${name}` }));
      const items = await screen.findAllByRole('menuitem', { name: action });
      await user.click(items.at(-1) as HTMLElement);
    };
    await choose('city', 'Move up');
    expect(current).toEqual({ op: 'all', of: [city, history100] });
    await choose('history', 'Duplicate');
    expect(current).toEqual({ op: 'all', of: [city, history100, history100] });
    await choose('city', 'Put into a group of its own');
    expect(current).toEqual({ op: 'all', of: [{ op: 'any', of: [city] }, history100, history100] });
  });

  it('moves a condition by its handle: with the arrow keys into a group and out of it, and by dragging', async () => {
    const user = userEvent.setup();
    await renderPage(<Held first={{ op: 'all', of: [history100, { op: 'any', of: [city] }] }} />);
    const handleOf = (name: string) => screen.getByRole('button', { name: `Move ${name}` });
    await screen.findByRole('button', { name: 'Move history' });
    handleOf('history').focus();
    await user.keyboard('{ArrowDown}');
    expect(current).toEqual({ op: 'all', of: [{ op: 'any', of: [history100, city] }] });
    expect(handleOf('history')).toHaveFocus();
    expect(screen.getByText('Moved to place 1 of 2')).toBeInTheDocument();
    await user.keyboard('{ArrowUp}');
    expect(current).toEqual({ op: 'all', of: [history100, { op: 'any', of: [city] }] });

    const place = (name: string) => screen.getByRole('group', { name }).closest('li') as HTMLElement;
    fireEvent.dragStart(handleOf('history'), { dataTransfer: { setData: () => {}, setDragImage: () => {} } });
    await waitFor(() => expect(place('history')).toHaveAttribute('data-dragged', 'true'));
    // happy-dom drops where a drag is; it lays nothing out either, so that any place below 0 is the lower half.
    const over = createEvent.dragOver(place('city'));
    Object.defineProperty(over, 'clientY', { value: 10 });
    fireEvent(place('city'), over);
    expect(place('city')).toHaveAttribute('data-drop', 'behind');
    fireEvent.drop(place('city'));
    expect(current).toEqual({ op: 'all', of: [{ op: 'any', of: [city, history100] }] });
  });

  it('adds with one click a condition that was used lately, and offers none that is there already', async () => {
    const inRun: Condition = {
      op: 'event',
      name: 'Email Opened',
      measure: { kind: 'count' },
      window: { kind: 'this-run' },
      is: { operator: 'atLeast', value: 1 },
    };
    const sentence = { 'zh-CN': '', 'en-US': '' };
    server().reply(api.recentConditions.listRecentConditions, {
      items: [history100, inRun, city].map((condition) => ({ condition, usedAt: seenAt, sentence })),
    });
    const user = userEvent.setup();
    await renderPage(<Held first={{ op: 'all', of: [history100] }} />);
    await user.click(await screen.findByRole('button', { name: 'city is “Berlin”' }));
    expect(current).toEqual({ op: 'all', of: [history100, city] });
    await waitFor(() => expect(screen.queryByText('Used lately')).toBeNull());
  });

  it('counts how each condition narrows the audience when asked', async () => {
    server().reply(api.data.countAudience, ({ body }) => ({
      count: (body as { condition: { of: Condition[] } }).condition.of.length === 1 ? 800 : 200,
      total: 1000,
      sample: [],
      sentence: { 'zh-CN': '', 'en-US': '' },
    }));
    const user = userEvent.setup();
    await renderPage(<Held first={{ op: 'all', of: [history100, city] }} />);
    await user.click(await screen.findByRole('button', { name: 'How many are left after each condition' }));
    expect(await screen.findByText('800')).toBeVisible();
    const rows = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(rows).toContainEqual(expect.stringMatching(/history is greater than 100.*800/));
    await waitFor(() =>
      expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toContainEqual(
        expect.stringMatching(/and city is “Berlin”.*200/),
      ),
    );
  });

  it('shows an answer that failed with a way to ask again', async () => {
    server().refuse(api.data.countAudience, 503, { code: 'query-too-slow', message: 'x' });
    await renderPage(<Held first={{ op: 'all', of: [history100] }} />);
    expect(await screen.findByRole('alert')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
  });
});
