import { expect, test } from 'vitest';
import { writeNodeReference } from './node-reference.ts';

// With `-u` the pages are written anew; without it a page that lags behind the manifests fails.
test('the English node reference is up to date with the manifests', async () => {
  await expect(writeNodeReference('en-US')).toMatchFileSnapshot('../../docs/nodes.md');
});

test('the Chinese node reference is up to date with the manifests', async () => {
  await expect(writeNodeReference('zh-CN')).toMatchFileSnapshot('../../docs/nodes.zh-CN.md');
});
