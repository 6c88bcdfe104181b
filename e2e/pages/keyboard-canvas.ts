import { expect, type Page } from '@playwright/test';

/** The canvas as somebody uses it who has no mouse. */
export class KeyboardCanvas {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async press(key: string): Promise<void> {
    await this.#page.keyboard.press(key);
  }

  /** Slash, some letters of a kind's name, Enter. */
  async add(kind: string): Promise<void> {
    const nodes = this.#page.locator('.react-flow__node');
    const before = await nodes.count();
    await this.press('/');
    const search = this.#page.getByRole('combobox', { name: 'Search nodes' });
    await expect(search).toBeFocused();
    await this.#page.keyboard.type(kind);
    await this.press('Enter');
    await expect(nodes).toHaveCount(before + 1);
    await expect(search).toBeHidden();
  }

  async expectFocusOn(title: string): Promise<void> {
    await expect(this.#page.locator(`.react-flow__node[aria-label^="${title}. "]`)).toBeFocused();
  }

  /** Whether the focused card looks different from one that is neither focused nor selected. */
  async hasFocusRing(): Promise<boolean> {
    return this.#page.evaluate(() => {
      const lookOf = (node: Element | null) => {
        const styles = [node, ...(node?.querySelectorAll('*') ?? [])].filter((one) => one !== null);
        return styles.map((one) => {
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
          return `${outlineStyle} ${outlineWidth} ${boxShadow}`;
        });
      };
      const focused = document.querySelector('.react-flow__node:focus-visible');
      const other = document.querySelector('.react-flow__node:not(:focus):not(.selected)');
      return focused !== null && new Set(lookOf(focused)).difference(new Set(lookOf(other))).size > 0;
    });
  }
}
