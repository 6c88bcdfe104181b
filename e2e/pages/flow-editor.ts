import { expect, type Locator, type Page } from '@playwright/test';
import { Canvas } from './canvas.ts';
import { choose } from './choice.ts';
import { Inspector } from './inspector.ts';

export interface MeasurementWords {
  conversionEvent: string;
  valueProperty: string;
  currency: string;
  clickEvent: string;
}

/** The page of a flow while its draft is edited. */
export class FlowEditor {
  readonly canvas: Canvas;
  readonly inspector: Inspector;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.canvas = new Canvas(page);
    this.inspector = new Inspector(page);
  }

  /** From the list of flows to an empty canvas. */
  async createFlow(name: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'New flow' }).click();
    const dialog = this.#page.getByRole('dialog', { name: 'New flow' });
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByRole('button', { name: 'Create the flow' }).click();
    await expect(this.#page.getByRole('heading', { name: 'Start with a trigger' })).toBeVisible();
  }

  get saveState(): Locator {
    return this.#page
      .getByRole('main')
      .getByRole('status')
      .filter({ hasText: /saved|saving/i });
  }

  async expectSaved(): Promise<void> {
    await expect(this.saveState).toHaveText('Saved');
  }

  async undo(): Promise<void> {
    await this.#page.getByRole('button', { name: /^Undo/ }).click();
  }

  async redo(): Promise<void> {
    await this.#page.getByRole('button', { name: /^Redo/ }).click();
  }

  async showMode(name: 'Edit' | 'Dry run' | 'Forecast' | 'Live'): Promise<void> {
    await this.#page.getByRole('radiogroup', { name: 'Mode' }).getByText(name, { exact: true }).click();
  }

  async showView(name: 'Canvas' | 'Outline' | 'Form'): Promise<void> {
    await this.#page.getByRole('radiogroup', { name: 'View' }).getByRole('img', { name }).click();
  }

  get problems(): Locator {
    return this.#page.getByRole('button', { name: /problems?\b/ });
  }

  async measure(words: MeasurementWords): Promise<void> {
    await this.#page.getByRole('button', { name: 'Measuring' }).click();
    const drawer = this.#page.getByRole('dialog', { name: 'What counts as success' });
    await drawer.getByRole('switch').click();
    await drawer.getByLabel('Conversion event').fill(words.conversionEvent);
    await drawer.getByLabel('Property with the value').fill(words.valueProperty);
    await choose(drawer.getByLabel('Currency'), words.currency);
    await drawer.getByLabel('Click event').fill(words.clickEvent);
    await drawer.getByRole('button', { name: 'Close' }).click();
    await expect(drawer).toBeHidden();
  }

  /** `matching`: how many people the drawer must announce. */
  async publish(version: number, matching: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'Publish', exact: true }).click();
    const drawer = this.#page.getByRole('dialog', { name: `Publish version ${version}` });
    await expect(drawer.getByText(matching)).toBeVisible();
    await drawer.getByRole('button', { name: `Publish version ${version}` }).click();
    await expect(this.#page.getByText(`Live · Version ${version}`)).toBeVisible();
  }
}
