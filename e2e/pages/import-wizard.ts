import { expect, type Locator, type Page } from '@playwright/test';
import { choose } from './choice.ts';

/** Uploading a file, saying what its columns are, and reading what became of its rows. */
export class ImportWizard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async upload(name: string, csv: string): Promise<void> {
    await this.#page.getByRole('link', { name: 'Import a file' }).click();
    const chooser = this.#page.waitForEvent('filechooser');
    await this.#page.getByText(/^Drop a .* file here/).click();
    await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await expect(this.#page.getByText('Who is a row?')).toBeVisible();
  }

  async numberRows(): Promise<void> {
    await this.#page.getByRole('radio', { name: 'The file has no id: number the rows' }).check();
    await expect(this.#page.getByText('The first row becomes user-1')).toBeVisible();
  }

  async setType(column: string, type: string): Promise<void> {
    await choose(this.#page.getByRole('combobox', { name: `Type of ${column}`, exact: true }), type);
  }

  async computeAttribute(attribute: string, liquid: string, firstValue: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'Add a computed attribute' }).click();
    await this.#page.getByRole('textbox', { name: 'Attribute', exact: true }).fill(attribute);
    await this.#page.getByRole('textbox', { name: 'Expression' }).fill(liquid);
    await expect(this.#page.getByRole('status').filter({ hasText: firstValue })).toBeVisible();
  }

  /** A row of the trial run, by its user id. */
  trialRow(userId: string): Locator {
    return this.#page.getByRole('row').filter({ hasText: userId });
  }

  async start(): Promise<void> {
    await this.#page.getByRole('button', { name: /^Import / }).click();
    await expect(this.#page.getByText('Rows imported', { exact: true })).toBeVisible();
  }

  figure(name: string): Locator {
    return this.#page.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd[1]');
  }

  rejection(reason: string): Locator {
    return this.#page.getByRole('row').filter({ hasText: reason });
  }
}
