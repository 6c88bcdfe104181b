import { expect, type Page } from '@playwright/test';

/** The frame around every page: where one goes, in which language, and out again. */
export class Shell {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async goTo(name: string): Promise<void> {
    await this.#page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
    await expect(this.#page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  async chooseLanguage(menu: string, language: string): Promise<void> {
    await this.#page.getByRole('button', { name: menu, exact: true }).click();
    await this.#page.getByRole('menuitem', { name: language }).click();
  }

  async signOut(accountName: string, item: string): Promise<void> {
    await this.#page.getByRole('button', { name: accountName }).click();
    await this.#page.getByRole('menuitem', { name: item }).click();
  }
}
