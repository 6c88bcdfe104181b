import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { api } from '@sluice/shared/http-api';
import { ApiClient } from './app/api-client.ts';
import { expect, test } from './app/story.ts';

/** A shop on another origin: two pages that load the script, and whatever else is asked for is the first. */
async function openShop(origin: string, key: string) {
  const server = createServer((request, response) => {
    const title = request.url?.startsWith('/cart') ? 'Cart' : 'Home';
    response.setHeader('content-type', 'text/html').end(
      `<!doctype html><title>${title}</title>
<script>window.sluice = window.sluice || []; sluice.push(['track', 'Early Call'])</script>
<script async src="${origin}/sdk/sluice.js" data-write-key="${key}"></script>`,
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

type Sdk = { track(event: string, properties?: object): void; identify(userId: string, traits?: object): void };
declare const sluice: Sdk;

test('a website sends its visits through the script, also while the network was away and when a page goes', async ({
  app,
  context,
}) => {
  const client = new ApiClient(app.url);
  await client.setUp(app.setupToken ?? '');
  const { key } = await client.call(api.access.createWriteKey, { body: { name: 'Website' } });
  const shop = await openShop(app.url, key);
  const visitor = await context.newPage();
  try {
    await visitor.goto(`${shop.url}/?campaign=spring`);
    await visitor.waitForFunction(() => typeof (sluice as Partial<Sdk>).identify === 'function');
    await visitor.evaluate(() => sluice.identify('ada', { plan: 'pro' }));
    const eventsOf = async () => {
      const found = await client.call(api.data.listProfiles, { query: { search: 'ada' } });
      const profileId = found.items[0]?.id;
      if (profileId === undefined) return [];
      const { items } = await client.call(api.data.listProfileEvents, { params: { profileId } });
      return items
        .map(({ name, properties }) => [name, properties['path'] ?? properties['n']].join(' ').trim())
        .toSorted();
    };
    const attributesOf = async () =>
      (await client.call(api.data.listProfiles, { query: { search: 'ada' } })).items[0]?.attributes;
    await expect.poll(attributesOf).toEqual({ plan: 'pro' });

    // What was done before signing in, a page that the site shows by itself, and an event while nothing can be reached.
    const before = ['Early Call', 'Page Viewed /'];
    await visitor.evaluate(() => history.pushState({}, '', '/products/7'));
    await expect.poll(eventsOf).toEqual([...before, 'Page Viewed /products/7']);
    await context.setOffline(true);
    await visitor.evaluate(() => sluice.track('Offline', { n: 1 }));
    await expect.poll(() => visitor.evaluate(() => localStorage.getItem('sluice.queue') ?? '')).toContain('Offline');
    await context.setOffline(false);
    await expect.poll(eventsOf).toEqual(['Early Call', 'Offline 1', 'Page Viewed /', 'Page Viewed /products/7']);

    // In the moment in which the visitor goes.
    await visitor.evaluate(() => {
      sluice.track('Left', { n: 2 });
      location.href = 'about:blank';
    });
    await expect
      .poll(eventsOf)
      .toEqual(['Early Call', 'Left 2', 'Offline 1', 'Page Viewed /', 'Page Viewed /products/7']);

    // What was handed over then is sent again by the next page, and counted once.
    await visitor.goto(`${shop.url}/cart`);
    await expect.poll(eventsOf).toContain('Page Viewed /cart');
    await expect.poll(() => visitor.evaluate(() => localStorage.getItem('sluice.queue'))).toBeNull();
    expect((await eventsOf()).filter((event) => event === 'Left 2')).toHaveLength(1);
    const anonymous = (await client.call(api.data.listProfiles)).items.filter(({ userId }) => userId === null);
    expect(anonymous).toEqual([]);
  } finally {
    await visitor.close();
    shop.close();
  }
});
