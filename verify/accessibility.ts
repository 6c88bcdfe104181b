/** Every page in both languages, light and dark, and the outline of a flow: no serious finding of axe (WCAG 2 A and AA). */
import { AxeBuilder } from '@axe-core/playwright';
import { ApiClient } from '@sluice/e2e/api-client';
import { launchBrowser, type Page } from '@sluice/e2e/browser';
import { signIn } from '@sluice/e2e/entry';
import { hillstromFlow } from '@sluice/e2e/hillstrom-flow';
import { startApp } from '@sluice/e2e/start-app';
import { EVERYONE } from '@sluice/shared/condition';
import { api } from '@sluice/shared/http-api';
import { Report } from './fixture/report.ts';

const LANGUAGES = ['en-US', 'zh-CN'] as const;
const MODES = ['light', 'dark'] as const;
const LANGUAGE_KEY = 'sluice.language';

const report = new Report();
const app = await startApp({ env: { LOG_LEVEL: 'error' } });
const browser = await launchBrowser();
try {
  const client = new ApiClient(app.url);
  await client.setUp(app.setupToken ?? '');
  const graph = hillstromFlow({ by: 'hash', audience: EVERYONE, delayMs: 60_000 });
  const flow = await client.call(api.flows.createFlow, { body: { name: 'A flow to look at', graph } });
  await client.call(api.flows.publishFlow, {
    params: { flowId: flow.id },
    body: { baseRevision: flow.revision, note: '' },
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  // The forms of the sign-in are found by their English names.
  await page.addInitScript(([key]) => localStorage.getItem(key) ?? localStorage.setItem(key, 'en-US'), [
    LANGUAGE_KEY,
  ] as const);
  await page.goto(app.url);
  await signIn(page);
  await page.getByRole('navigation').waitFor();
  const listed = await page
    .locator('nav a[href]')
    .evaluateAll((links) => links.map((a) => a.getAttribute('href') ?? '/'));
  const paths = [
    ...new Set(listed),
    '/sign-in',
    '/audiences/new',
    '/data/imports/new',
    `/flows/${flow.id}?mode=edit`,
    `/flows/${flow.id}?mode=live`,
  ];
  for (const language of LANGUAGES)
    for (const mode of MODES) {
      await page.emulateMedia({ colorScheme: mode });
      await page.evaluate(([key, value]) => localStorage.setItem(key, value), [LANGUAGE_KEY, language] as const);
      for (const place of paths) {
        await page.goto(`${app.url}${place}`);
        await judge(page, `${place.replace(flow.id, ':flowId')} ${language} ${mode}`);
      }
      await page.goto(`${app.url}/flows/${flow.id}?mode=edit`);
      await page.locator('.react-flow__node').first().waitFor();
      await page.keyboard.press('Control+Shift+O');
      await page.locator('[data-outline-line]').first().waitFor();
      await judge(page, `outline ${language} ${mode}`);
    }
  report.note('pages', paths.length);
} finally {
  await browser.close();
  await app.stop();
}
report.end('accessibility');

/** Once nothing is loaded any more: a page that is only waiting has nothing to be found. */
async function judge(page: Page, what: string): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 10_000 }).catch(() => undefined); // pages that ask again and again never are
  const isShown = await page
    .locator('h1, h2, [role="heading"], form')
    .first()
    .waitFor()
    .then(
      () => true,
      () => false,
    );
  if (!isShown) {
    const seen = (await page.locator('body').innerText()).slice(0, 200);
    return report.expect(`${what} shows itself`, seen, 'a heading or a form');
  }
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(['wcag2a', 'wcag2aa']).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const found = serious.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ target }) => target.join(' '))
        .join(' | ')
        .slice(0, 400)}`,
  );
  report.expect(`serious findings of ${what}`, found, []);
}
