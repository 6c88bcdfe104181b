import type { Locator } from '@playwright/test';

/** Opens a list of choices and takes one of them. */
export async function choose(list: Locator, choice: string): Promise<void> {
  await list.click();
  const shown = list.page().locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)');
  await shown
    .locator('.ant-select-item-option')
    .filter({ hasText: exactly(choice) })
    .click();
}

function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}
