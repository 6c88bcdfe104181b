import { expect, type Locator, type Page } from '@playwright/test';

/** The page of a flow in live mode: counts on the canvas, the funnel, and the people behind every number. */
export class LiveFlow {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The number of those who entered a node. */
  entered(node: string, count: number): Locator {
    return this.#page.getByRole('button', { name: `${count} entered “${node}”`, exact: true });
  }

  waiting(node: string, count: number): Locator {
    return this.#page.getByRole('button', { name: `${count} waiting at “${node}”`, exact: true });
  }

  /** The number on the edge that leaves a node by a port. */
  left(node: string, port: string, count: number): Locator {
    // By what is said of it: on the screen the share stands apart from the count.
    const counted = this.#page.getByRole('button', { name: new RegExp(`^${count}( ·| left )`) });
    return this.#page.getByRole('button', { name: `left “${node}” by “${port}”` }).and(counted);
  }

  /** The cells of a variant's row: targeted, reached, clicked, converted, value. */
  async expectFunnel(variant: string, counts: readonly number[], money: string): Promise<void> {
    const table = this.#page.getByRole('table', { name: 'How far did each variant get?' });
    const row = table.getByRole('row').filter({ has: this.#page.getByRole('rowheader', { name: variant }) });
    for (const [index, count] of counts.entries())
      await expect(row.getByRole('cell').nth(index).getByRole('button')).toHaveText(String(count));
    await expect(row.getByRole('cell').nth(counts.length)).toContainText(money);
  }

  funnelNumber(variant: string, stage: string): Locator {
    return this.#page
      .getByRole('table', { name: 'How far did each variant get?' })
      .getByRole('button', { name: `Profiles of “${variant}”: ${stage}` });
  }

  /** Opens a number and returns the list of people behind it. */
  async open(number: Locator): Promise<Locator> {
    await number.click();
    const drawer = this.#page.getByRole('dialog');
    await expect(drawer.getByRole('table')).toBeVisible();
    return drawer;
  }
}
