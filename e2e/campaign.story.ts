import { sendBatch } from './app/api-client.ts';
import { createSample, isInAudience, outcomesOf, type SampleRow, sampleCsv, SEGMENTS, truthOf } from './app/sample.ts';
import { expect, test } from './app/story.ts';
import { drawCampaign, NAMES, SUBJECTS } from './pages/draw-campaign.ts';
import { setUpAdministrator } from './pages/entry.ts';
import { FlowEditor } from './pages/flow-editor.ts';
import { ImportWizard } from './pages/import-wizard.ts';
import { LiveFlow } from './pages/live-flow.ts';
import { Outbox } from './pages/outbox.ts';
import { ProfilePage } from './pages/profile-page.ts';
import { createWriteKey } from './pages/settings.ts';
import { Shell } from './pages/shell.ts';

const [MENS, WOMENS, HOLD_OUT] = SEGMENTS;
const rows = createSample(200);
const audience = rows.filter(isInAudience);
/**
 * While everybody waits, the outcomes are sent in and a message is opened. That takes about as long as coming to the empty
 * canvas: the slower the machine, the longer the wait.
 */
const waitFor = (soFarMs: number) => Math.max(25, 4 * Math.ceil(soFarMs / 1000));
/** Somebody of the men's arm who would not have visited: only opening the message makes the difference. */
const reader = addressed(audience.find(({ segment, hasVisited }) => segment === MENS && !hasVisited));
const heldOut = addressed(audience.find(({ segment }) => segment === HOLD_OUT));
const engaged = audience.filter((row) => row.hasVisited || row.userId === reader.userId);
const BAD_ROW = '3,2) $100 - $200,a lot,1,0,Urban,1,Web,Mens E-Mail,0,0,0';

test('a new operator imports a file, draws a campaign, publishes it and sees what it earned', async ({ page, app }) => {
  const beganAt = performance.now();
  const shell = new Shell(page);
  const editor = new FlowEditor(page);
  const live = new LiveFlow(page);
  const { canvas } = editor;

  await test.step('the link of the terminal creates the administrator', () => setUpAdministrator(page, app));

  await test.step('a file without ids and addresses becomes profiles, its bad row does not', async () => {
    await shell.goTo('Imports');
    const wizard = new ImportWizard(page);
    await wizard.upload('spring.csv', sampleCsv(rows, BAD_ROW));
    await wizard.numberRows();
    await wizard.setType('history', 'Number');
    await wizard.computeAttribute('email', 'user-{{row}}@example.test', 'user-1@example.test');
    await expect(wizard.trialRow('user-12')).toContainText('user-12@example.test');
    await wizard.start();
    await expect(wizard.figure('Rows imported')).toHaveText('200');
    await expect(wizard.figure('Rows rejected')).toHaveText('1');
    await expect(wizard.rejection('“a lot” in the column history does not have the chosen type')).toContainText(
      BAD_ROW,
    );
  });

  const writeKey = await test.step('a write key is shown once', async () => {
    await shell.goTo('Write keys');
    return createWriteKey(page, 'Shop');
  });

  await test.step('the shop sends its first events, so that their names are known', async () => {
    const lastMonth = new Date(Date.now() - 30 * 86_400_000).toISOString();
    const earlier = outcomesOf(rows).map((call) => ({ ...call, messageId: crypto.randomUUID(), timestamp: lastMonth }));
    await sendBatch(app.url, writeKey, earlier);
  });

  const waitSeconds = await test.step('the campaign is drawn with the mouse', async () => {
    await shell.goTo('Flows');
    await editor.createFlow('Spring sale');
    const seconds = waitFor(performance.now() - beganAt);
    await drawCampaign(editor, { waitSeconds: seconds, matching: audience.length, total: rows.length });
    return seconds;
  });

  await test.step('undo takes the last edit back and redo repeats it', async () => {
    await expect(canvas.edges).toHaveCount(11);
    await editor.undo();
    await expect(canvas.edges).toHaveCount(10);
    await editor.redo();
    await expect(canvas.edges).toHaveCount(11);
  });

  await test.step('the draft is saved by itself and found unchanged after a reload', async () => {
    await canvas.tidyUp();
    await editor.expectSaved();
    const before = await canvas.describe();
    await page.reload();
    await expect(canvas.nodes).toHaveCount(9);
    expect(await canvas.describe()).toEqual(before);
    await expect(editor.problems).toHaveText('No problems');
  });

  await test.step('what counts as success is part of the flow', async () => {
    await editor.measure({
      conversionEvent: 'conversion',
      valueProperty: 'spend',
      currency: 'USD',
      clickEvent: 'visit',
    });
    await editor.expectSaved();
    await expect(editor.problems).toHaveText('No problems');
  });

  await test.step('publishing says who is reached, and everyone passes at once up to the wait', async () => {
    await editor.publish(1, `${audience.length} of ${rows.length} profiles match now`);
    await expect(live.entered(NAMES.start, audience.length)).toBeVisible();
    await expect(live.waiting(NAMES.wait, audience.length)).toBeVisible();
    await expect(live.left(NAMES.arms, 'Men', truthOf(rows, MENS).targeted)).toBeVisible();
    await expect(live.left(NAMES.arms, 'Women', truthOf(rows, WOMENS).targeted)).toBeVisible();
    await expect(live.left(NAMES.arms, 'No mail', truthOf(rows, HOLD_OUT).targeted)).toBeVisible();
  });

  await test.step('outcomes come in through the API, each once however often it is sent', async () => {
    const outcomes = outcomesOf(rows);
    expect((await sendBatch(app.url, writeKey, outcomes)).accepted).toBe(outcomes.length);
    await sendBatch(app.url, writeKey, outcomes);
  });

  await test.step('the outbox holds a message for everyone treated; reading one and following its link counts', async () => {
    await shell.goTo('Outbox');
    const outbox = new Outbox(page);
    await outbox.find(reader.address);
    await expect(outbox.messages).toHaveCount(1);
    const mail = await outbox.read(SUBJECTS.mens);
    await expect(mail.getByText(`For him, ${reader.address}`)).toBeVisible();
    const link = (await mail.getByRole('link', { name: 'See the sale' }).getAttribute('href')) ?? '';
    expect(link.startsWith(`${app.url}/`)).toBe(true);
    const followed = await page.request.get(link, { maxRedirects: 0 });
    expect(followed.status()).toBe(302);
    expect(followed.headers()['location']).toBe('https://shop.example.test/sale');
    await outbox.find(heldOut.address);
    await expect(page.getByText(`No message matches “${heldOut.address}”`)).toBeVisible();
  });

  await test.step('the funnel tells the arms apart, the hold-out among them', async () => {
    await shell.goTo('Flows');
    await page.getByRole('link', { name: 'Spring sale', exact: true }).click();
    for (const [variant, segment, isTreated] of [
      ['Men', MENS, true],
      ['Women', WOMENS, true],
      ['No mail', HOLD_OUT, false],
    ] as const) {
      const { targeted, visits, conversions, spend } = truthOf(rows, segment);
      await live.expectFunnel(variant, [targeted, isTreated ? targeted : 0, visits, conversions], spend.toFixed(2));
    }
  });

  await test.step('after the wait everyone is asked whether they engaged, and ends', async () => {
    await expect(live.left(NAMES.engaged, 'Yes', engaged.length)).toBeVisible({ timeout: (waitSeconds + 60) * 1000 });
    await expect(live.left(NAMES.engaged, 'No', audience.length - engaged.length)).toBeVisible();
    await expect(live.entered(NAMES.mark, engaged.length)).toBeVisible();
    await expect(live.entered(NAMES.end, audience.length)).toBeVisible();
  });

  await test.step('a number opens its people, and a person tells the way through the flow', async () => {
    const buyers = await live.open(live.funnelNumber('Men', 'Converted'));
    await expect(buyers.getByRole('link', { name: 'Explain' })).toHaveCount(truthOf(rows, MENS).conversions);
    await page.keyboard.press('Escape');
    await expect(buyers).toBeHidden();
    const list = await live.open(live.left(NAMES.engaged, 'Yes', engaged.length));
    await expect(list.getByRole('link', { name: 'Explain' })).toHaveCount(engaged.length);
    await list.getByRole('link', { name: reader.userId, exact: true }).click();
    const person = new ProfilePage(page);
    await expect(person.attribute('segment')).toHaveText(MENS);
    await expect(person.attribute('engaged')).toHaveText('Yes');
    const steps = person.steps('Spring sale');
    await expect(steps).toHaveCount(7);
    for (const [index, [node, reason]] of [
      [NAMES.start, 'Was in the audience when the flow started'],
      [NAMES.arms, 'The attribute segment says variant “Men”'],
      [NAMES.mens, 'E-mail handed over for sending'],
      [NAMES.wait, 'The wait is over'],
      [NAMES.engaged, 'the number of “Email Opened” is at least 1'],
      [NAMES.mark, 'Attributes changed: 1'],
      [NAMES.end, 'Reached an exit: campaign finished'],
    ].entries()) {
      await expect(steps.nth(index)).toContainText(node ?? '');
      await expect(steps.nth(index)).toContainText(reason ?? '');
      await expect(steps.nth(index).getByRole('time')).toBeVisible();
    }
    await person.showEvents();
    // Loaded by the message itself when it was read; a page does not hear of requests inside a sandboxed frame.
    await expect(person.event('Email Opened')).toHaveCount(1);
    await expect(person.event('Link Clicked')).toHaveCount(1);
  });
});

function addressed(row: SampleRow | undefined): SampleRow & { address: string } {
  if (!row) throw new Error('The sample lacks such a person');
  return { ...row, address: `${row.userId}@example.test` };
}
