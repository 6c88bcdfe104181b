import { expect, type Locator } from '@playwright/test';
import { choose } from './choice.ts';

/** Building a condition by picking, inside whatever panel holds the editor. */
export class ConditionEditor {
  readonly #panel: Locator;

  constructor(panel: Locator) {
    this.#panel = panel;
  }

  async joinBy(kind: 'All of these hold' | 'Any of these holds'): Promise<void> {
    await choose(this.#panel.getByRole('combobox', { name: 'How the conditions join' }), kind);
  }

  async addAttribute(name: string, operator: string, value: string): Promise<void> {
    const part = await this.#add(name, 'attribute');
    await choose(part.getByRole('combobox', { name: 'Comparison' }), operator);
    await part.getByLabel('Value').fill(value);
  }

  /** Rows of a dataset of which one column is compared. */
  async addRows(dataset: string, column: string, operator: string, value: string): Promise<void> {
    const part = await this.#add(dataset, 'dataset');
    await part.getByRole('button', { name: 'Only rows where' }).click();
    const filter = part.getByRole('group', { name: 'where' });
    await choose(filter.getByRole('combobox', { name: 'Column' }), column);
    await choose(filter.getByRole('combobox', { name: 'Comparison' }), operator);
    await filter.getByLabel('Value').fill(value);
  }

  /** A group within this one, to be filled. */
  async addGroup(): Promise<ConditionEditor> {
    await this.#panel.getByRole('button', { name: 'Add a group' }).click();
    return new ConditionEditor(this.#panel.getByRole('group', { name: 'Conditions', exact: true }).last());
  }

  /** The event need not have been seen yet: its name can be typed. */
  async addEventOfThisRun(name: string): Promise<void> {
    const part = await this.#add(name, 'event');
    await choose(part.getByRole('combobox', { name: 'Period', exact: true }), 'since entering this flow');
  }

  /** "That is: …" */
  get sentence(): Locator {
    return this.#panel.getByText('That is:').locator('xpath=..');
  }

  /** The live count below the condition. */
  async expectCount(matching: number, total: number): Promise<void> {
    const count = this.#panel.locator('[aria-live="polite"][aria-busy]').filter({ hasText: 'profiles' });
    await expect(count).toHaveAttribute('aria-busy', 'false');
    await expect(count).toContainText(`${matching}of ${total} profiles`);
  }

  async #add(name: string, kind: 'attribute' | 'event' | 'dataset'): Promise<Locator> {
    const list = this.#panel.getByRole('combobox', { name: 'Add a condition' });
    await list.click();
    await list.fill(name);
    const shown = list.page().locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)');
    // Attributes are listed before events; an event that has not been seen stands last, as “Event …”. An attribute is
    // waited for: until the dictionary has come, its name could be that of a new event.
    const text = kind === 'event' ? `^(Event “)?${name}”?$` : `^${name}$`;
    const found = shown.locator('.ant-select-item-option').filter({ hasText: new RegExp(text) });
    await (kind === 'event' ? found.last() : found.first()).click();
    const part = this.#panel.getByRole('group', { name, exact: true }).last();
    await expect(part).toBeVisible();
    return part;
  }
}
