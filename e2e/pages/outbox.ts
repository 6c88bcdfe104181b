import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';

/** The messages that stayed here. */
export class Outbox {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async find(text: string): Promise<void> {
    await this.#page.getByLabel('Recipient or subject').fill(text);
  }

  get messages(): Locator {
    return this.#page.getByRole('list', { name: 'Messages' }).getByRole('button');
  }

  /** The message as its recipient sees it. */
  async read(subject: string): Promise<FrameLocator> {
    await this.messages.first().click();
    const frame = this.#page.getByTitle(`The message “${subject}”`);
    await expect(frame).toBeVisible();
    return frame.contentFrame();
  }
}
