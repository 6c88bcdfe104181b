import { expect, type Locator, type Page } from '@playwright/test';
import { choose } from './choice.ts';
import { ConditionEditor } from './condition-editor.ts';

export interface VariantWords {
  name: string;
  value: string;
  isHoldOut?: boolean;
}

/** The settings of the node that is open. */
export class Inspector {
  readonly panel: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.panel = page.getByRole('complementary', { name: /^Settings of / });
  }

  get condition(): ConditionEditor {
    return new ConditionEditor(this.panel);
  }

  async rename(name: string): Promise<void> {
    await this.panel.getByLabel('Name on the canvas', { exact: true }).fill(name);
    await expect(this.#page.getByRole('complementary', { name: `Settings of “${name}”` })).toBeVisible();
  }

  async splitBy(attribute: string, variants: readonly VariantWords[]): Promise<void> {
    await this.panel.getByLabel('Attribute', { exact: true }).fill(attribute);
    for (const [index, variant] of variants.entries()) await this.#setVariant(index, variant);
  }

  async writeMail(subject: string, mjml: string): Promise<void> {
    await this.panel.getByRole('textbox', { name: 'Subject' }).fill(subject);
    await this.panel.getByRole('button', { name: 'Edit the body' }).click();
    const dialog = this.#page.getByRole('dialog', { name: 'Body of the e-mail' });
    await dialog.getByRole('textbox', { name: 'Body of the e-mail' }).fill(mjml);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect(dialog).toBeHidden();
  }

  async waitSeconds(seconds: number): Promise<void> {
    await choose(this.panel.getByRole('combobox', { name: 'Unit' }), 'seconds');
    await this.panel.getByLabel('Wait for', { exact: true }).fill(String(seconds));
  }

  async setAttribute(attribute: string): Promise<void> {
    await this.panel.getByRole('combobox', { name: 'Attribute', exact: true }).fill(attribute);
  }

  async giveReason(reason: string): Promise<void> {
    await this.panel.getByLabel('Reason', { exact: true }).fill(reason);
  }

  async leadTo(port: string, node: string): Promise<void> {
    await choose(this.panel.getByRole('combobox', { name: `Where “${port}” leads` }), node);
  }

  async #setVariant(index: number, { name, value, isHoldOut }: VariantWords): Promise<void> {
    const field = (param: string) => this.panel.locator(`[data-pointer="/variants/${index}/${param}"]`);
    if ((await field('name').count()) === 0) await this.panel.getByRole('button', { name: 'Add a variant' }).click();
    await field('name').getByRole('textbox').fill(name);
    const values = field('values').getByRole('combobox');
    await values.fill(value);
    await values.press('Enter');
    await values.press('Escape');
    const before = field('values').locator('.ant-select-selection-item').filter({ hasNotText: value });
    if ((await before.count()) > 0) await before.first().locator('.ant-select-selection-item-remove').click();
    if (isHoldOut) await field('isHoldOut').getByRole('switch').click();
  }
}
