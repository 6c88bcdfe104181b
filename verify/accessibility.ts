/** Every page in both languages, light and dark, the form of every kind of node, and what opens over the canvas: no serious finding of axe (WCAG 2.1 A and AA). */
import { ADMINISTRATOR, ApiClient } from '@sluice/e2e/api-client';
import { launchBrowser, type Page } from '@sluice/e2e/browser';
import { signIn } from '@sluice/e2e/entry';
import { startApp } from '@sluice/e2e/start-app';
import { manifests } from '@sluice/templates/manifests';
import { AxeJudge } from './fixture/axe-judge.ts';
import { type ExampleWorkspace, fillWorkspace } from './fixture/example-workspace.ts';
import { DRAFT_SURFACES, type FlowSurface, LIVE_SURFACES } from './fixture/flow-surfaces.ts';
import { fillPattern, readPagePatterns } from './fixture/page-paths.ts';
import { PAGE_SURFACES } from './fixture/page-surfaces.ts';
import { Report } from './fixture/report.ts';

const LANGUAGES = ['en-US', 'zh-CN'] as const;
/** A bound for what hangs, not a measure of speed: the machine may have much else to do. */
const SHOWN_MS = 45_000;
const DIALOG = '[role="dialog"]';
const LANGUAGE_KEY = 'sluice.language';
/** Pages for somebody who is not signed in. */
const SET_UP = '/setup';
const SIGN_IN = '/sign-in';
/** Behind the palette, the form of the node that is open. */
const FORM = 'main aside:last-of-type';

/** Only what is named so, when one thing is being put right: `npm run verify -- accessibility /data/quality`. */
const [wanted = ''] = process.argv.slice(2);
const isWanted = (what: string) => what.includes(wanted);

const startedAt = performance.now();
const report = new Report();
const app = await startApp({ env: { LOG_LEVEL: 'error' } });
const browser = await launchBrowser();
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const axe = new AxeJudge(page, report);
  const client = new ApiClient(app.url);
  const patterns = readPagePatterns();

  await inEachLanguage(page, async (language) => {
    await open(page, `${SET_UP}?token=${app.setupToken ?? ''}`);
    await axe.judge(SET_UP, language);
  });
  await client.setUp(app.setupToken ?? '');
  await inEachLanguage(page, async (language) => {
    await open(page, SIGN_IN);
    await axe.judge(SIGN_IN, language);
  });

  const workspace = await fillWorkspace(client, app.url);
  await chooseLanguage(page, 'en-US');
  await open(page, SIGN_IN);
  await signIn(page);
  await page.getByRole('button', { name: ADMINISTRATOR.name }).waitFor();
  const pages = patterns.filter((pattern) => pattern !== SET_UP && pattern !== SIGN_IN);
  await inEachLanguage(page, async (language) => {
    for (const pattern of pages.filter(isWanted)) {
      const place = fillPattern(pattern, workspace.examples);
      if (place === undefined) report.expect(`an example of ${pattern}`, undefined, 'one, made by fillWorkspace');
      else if (await open(page, place)) await axe.judge(pattern, language);
    }
    await judgeDialogs(page, axe, workspace, language);
    await judgeFlow(page, axe, workspace, language);
  });
  report.note('pages', patterns.length);
  report.note('looks', axe.looks);
  report.note('minorFindings', axe.minor);
} finally {
  await browser.close();
  await app.stop();
}
report.note('seconds', Math.round((performance.now() - startedAt) / 1000));
report.end('accessibility');

/** What opens over the pages; only that is looked at, the page behind it has been. */
async function judgeDialogs(page: Page, axe: AxeJudge, workspace: ExampleWorkspace, language: string): Promise<void> {
  for (const { name, pattern, open: show } of PAGE_SURFACES.filter(({ name }) => isWanted(`dialog ${name}`))) {
    if (!(await open(page, fillPattern(pattern, workspace.examples) ?? pattern))) continue;
    await show(page);
    await page.locator(DIALOG).first().waitFor();
    await axe.judge(`dialog ${name}`, language, DIALOG);
  }
}

/** The modes of a flow, the form of each kind, and what opens over the canvas. */
async function judgeFlow(page: Page, axe: AxeJudge, workspace: ExampleWorkspace, language: string): Promise<void> {
  const looks = [
    ['test', 'mode=test'],
    ['forecast', 'mode=forecast'],
    ['live', 'mode=live'],
    ['form view', 'mode=edit&view=form'],
    ['person', `mode=live&person=${workspace.profileId}`],
  ] as const;
  for (const [name, query] of looks.filter(([name]) => isWanted(`flow ${name}`)))
    if (await open(page, `/flows/${workspace.flowId}?${query}`)) await axe.judge(`flow ${name}`, language);
  // The first version: the one that followed it, nobody has entered yet.
  await judgeSurfaces(page, axe, LIVE_SURFACES, `/flows/${workspace.flowId}?mode=live&version=1`, language);

  const draft = `/flows/${workspace.draftId}?mode=edit`;
  await open(page, draft);
  await page.locator('.react-flow__node').first().waitFor();
  for (const kind of [...manifests.keys()].filter((kind) => isWanted(`form of ${kind}`))) {
    await page.locator(`.react-flow__node[data-id="${kind}"]`).focus();
    await page.keyboard.press('Enter');
    await page.locator(`${FORM} :focus`).waitFor();
    await axe.judge(`form of ${kind}`, language, FORM);
    await page.keyboard.press('Escape');
  }
  await judgeSurfaces(page, axe, DRAFT_SURFACES, `/flows/${workspace.flowId}?mode=edit`, language);
}

async function judgeSurfaces(
  page: Page,
  axe: AxeJudge,
  surfaces: readonly FlowSurface[],
  place: string,
  language: string,
): Promise<void> {
  for (const { name, within, open: show } of surfaces.filter(({ name }) => isWanted(name))) {
    await open(page, place);
    await page.locator('.react-flow__node').first().waitFor();
    await show(page);
    await page.locator(within).first().waitFor();
    await axe.judge(name, language, within);
  }
}

async function inEachLanguage(page: Page, act: (language: string) => Promise<void>): Promise<void> {
  for (const language of LANGUAGES) {
    await chooseLanguage(page, language);
    await act(language);
  }
}

async function chooseLanguage(page: Page, language: string): Promise<void> {
  if (!page.url().startsWith(app.url)) await page.goto(app.url);
  await page.evaluate(([key, value]) => localStorage.setItem(key, value), [LANGUAGE_KEY, language] as const);
}

/** Whether the page showed itself; one that does not is a finding. */
async function open(page: Page, place: string): Promise<boolean> {
  await page.goto(`${app.url}${place}`);
  const isShown = await page
    .locator('h1, form')
    .first()
    .waitFor({ timeout: SHOWN_MS })
    .then(
      () => true,
      () => false,
    );
  if (!isShown)
    report.expect(
      `${place} shows itself`,
      (await page.locator('body').innerText()).slice(0, 200),
      'a heading or a form',
    );
  return isShown;
}
