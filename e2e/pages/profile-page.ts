import type { Locator, Page } from '@playwright/test';

/** One person: attributes, events, and the way through every flow. */
export class ProfilePage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  attribute(name: string): Locator {
    return this.#page
      .getByRole('term')
      .filter({ hasText: new RegExp(`^${name}$`) })
      .locator('xpath=following-sibling::dd[1]');
  }

  /** The steps of the way through a flow, in order. */
  steps(flow: string): Locator {
    return this.#page.getByRole('article').filter({ hasText: flow }).getByRole('listitem');
  }

  async showEvents(): Promise<void> {
    await this.#page.getByRole('tab', { name: 'Events' }).click();
  }

  event(name: string): Locator {
    return this.#page.getByRole('row').filter({ hasText: name });
  }
}
