import { expect, test } from 'vitest';
import { funnelCsv } from './funnel-csv.ts';

const row = {
  variant: 'a',
  name: 'A "first", 春',
  isHoldOut: false,
  targeted: 10,
  reached: 9,
  clicked: 3,
  converted: 1,
  value: 12.5,
};

test('a funnel is written with quoted names and plain numbers', () => {
  const text = funnelCsv({ rows: [row], currency: 'CNY' }, ['Variant', 'Targeted']);
  expect(text).toBe('\uFEFF"Variant","Targeted"\r\n"A ""first"", 春",10,9,3,1,12.5,"CNY"\r\n');
});

test('a name that looks like a formula is kept from being one', () => {
  const text = funnelCsv({ rows: [{ ...row, name: '=1+1' }], currency: null }, []);
  expect(text).toContain(`"'=1+1"`);
});
