import { readParts } from './app/built-parts.ts';
import { expect, test } from './app/story.ts';

test('each part of the web app that is loaded when it is asked for begins by itself', async ({ app, page }) => {
  const parts = readParts();
  const asked = [...new Set(Object.values(parts).flatMap(({ dynamicImports = [] }) => dynamicImports))];
  expect(asked.length).toBeGreaterThan(50);
  const broken: string[] = [];
  for (const name of asked) {
    // A page that was there before may have begun what this part forgot to ask for.
    await page.goto(`${app.url}/sign-in`);
    const file = `/${parts[name]?.file ?? name}`;
    const failure = await page.evaluate((address) => import(address).then(() => '', String), file);
    if (failure) broken.push(`${name}: ${failure}`);
  }
  expect(broken).toEqual([]);
});
