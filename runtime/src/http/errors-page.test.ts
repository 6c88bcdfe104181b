import { readFileSync } from 'node:fs';
import { ERROR_CODES } from '@sluice/shared/errors';
import { expect, it } from 'vitest';

it('has a line with the right status and kind for every error code on the documentation page', () => {
  const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
  const rows = page.matchAll(/^\|\s*`([^`]+)`\s*\|\s*(\d+)\s*\|\s*(\w+)\s*\|.+\|.+\|$/gm);
  const documented = [...rows].map(([, code, status, kind]) => [code, { kind, status: Number(status) }]);
  expect(Object.fromEntries(documented)).toEqual(ERROR_CODES);
});
