import { expect } from '@playwright/test';
import { SEGMENTS } from '../app/sample.ts';
import type { FlowEditor } from './flow-editor.ts';

const [MENS, WOMENS, HOLD_OUT] = SEGMENTS;

/** The nodes by the names that the operator gives them. */
export const NAMES = {
  start: 'Start',
  arms: 'Arms of the file',
  mens: "Men's mail",
  womens: "Women's mail",
  wait: 'Wait a little',
  engaged: 'Engaged?',
  mark: 'Mark as engaged',
  end: 'Over',
  elsewhere: 'Not in the experiment',
} as const;

export const SUBJECTS = { mens: 'New for men', womens: 'New for women' } as const;

const mail = (words: string) =>
  `<mjml><mj-body><mj-section><mj-column><mj-text>${words}, {{ profile.email }}</mj-text>` +
  '<mj-button href="https://shop.example.test/sale">See the sale</mj-button></mj-column></mj-section></mj-body></mjml>';

interface Campaign {
  waitSeconds: number;
  /** People in the audience, and in all. */
  matching: number;
  total: number;
}

/**
 * Draws the campaign of the walk-through with the mouse: audience, split by the file's own arms, two e-mails, a wait,
 * "opened or visited?", an attribute, the end.
 */
export async function drawCampaign(editor: FlowEditor, { waitSeconds, matching, total }: Campaign): Promise<void> {
  const { canvas, inspector } = editor;
  const add = async (kind: string, name: string, columns: number, rows: number) => {
    await canvas.drop(kind, await canvas.placeFrom(NAMES.start, columns, rows));
    await inspector.rename(name);
  };

  await canvas.dropFirst('Schedule');
  await inspector.rename(NAMES.start);
  await inspector.condition.addAttribute('history', 'is greater than', '100');
  await inspector.condition.expectCount(matching, total);

  await add('Split by attribute', NAMES.arms, 1, 0);
  await inspector.splitBy('segment', [
    { name: 'Men', value: MENS },
    { name: 'Women', value: WOMENS },
    { name: 'No mail', value: HOLD_OUT, isHoldOut: true },
  ]);
  await add('E-mail', NAMES.mens, 2, -1);
  await inspector.writeMail(SUBJECTS.mens, mail('For him'));
  await add('E-mail', NAMES.womens, 2, 0);
  await inspector.writeMail(SUBJECTS.womens, mail('For her'));
  await add('Exit', NAMES.elsewhere, 2, 2);
  await inspector.giveReason('not in the experiment');
  await add('Delay', NAMES.wait, 3, 0);
  await inspector.waitSeconds(waitSeconds);
  await add('Filter', NAMES.engaged, 4, 0);
  await inspector.condition.addEventOfThisRun('Email Opened');
  await inspector.condition.addEventOfThisRun('visit');
  await inspector.condition.joinBy('Any of these holds');
  await expect(inspector.condition.sentence).toContainText(' or ');
  await add('Update attribute', NAMES.mark, 5, -1);
  await inspector.setAttribute('engaged');
  await add('Exit', NAMES.end, 6, 0);
  await inspector.giveReason('campaign finished');

  await canvas.connect(NAMES.start, 'next', NAMES.arms);
  await canvas.connect(NAMES.arms, 'a', NAMES.mens);
  await canvas.connect(NAMES.arms, 'b', NAMES.womens);
  await canvas.connect(NAMES.arms, 'c', NAMES.wait);
  await canvas.connect(NAMES.arms, 'other', NAMES.elsewhere);
  await canvas.connect(NAMES.mens, 'next', NAMES.wait);
  await canvas.connect(NAMES.womens, 'next', NAMES.wait);
  await canvas.connect(NAMES.wait, 'next', NAMES.engaged);
  await canvas.connect(NAMES.engaged, 'yes', NAMES.mark);
  await canvas.connect(NAMES.engaged, 'no', NAMES.end);
  await canvas.connect(NAMES.mark, 'next', NAMES.end);
}
