import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig, SETTINGS } from './config.ts';

const root = path.resolve('/srv/sluice');

describe('readConfig', () => {
  it('listens on this machine alone and uses the embedded store unless told otherwise', () => {
    expect(readConfig({}, root)).toMatchObject({
      host: '127.0.0.1',
      port: 4310,
      mongodbUrl: undefined,
      dataDir: path.join(root, '.data'),
      publicUrl: 'http://127.0.0.1:4310',
      metricsToken: undefined,
      trustProxy: undefined,
    });
  });

  it('lets calls reach private addresses only on a plain yes', () => {
    for (const [value, isAllowed] of [
      ['', false],
      ['true', false],
      ['no', false],
      ['yes', true],
    ] as const)
      expect(readConfig({ HTTP_ALLOW_PRIVATE: value }, root).allowPrivateCalls).toBe(isAllowed);
  });

  it('takes the environment, blank as absent', () => {
    const env = {
      PORT: ' 8080 ',
      HOST: '0.0.0.0',
      MONGODB_URL: 'mongodb://db/x',
      PUBLIC_URL: 'https://s.test//',
      TIME_ZONE: ' ',
    };
    expect(readConfig(env, root)).toMatchObject({
      port: 8080,
      host: '0.0.0.0',
      mongodbUrl: 'mongodb://db/x',
      publicUrl: 'https://s.test',
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
  });

  it.each([
    ['PORT', 'abc'],
    ['PORT', '70000'],
    ['PORT', '1.5'],
    ['TIME_ZONE', 'Mars/Olympus'],
    ['LOG_LEVEL', 'loud'],
    ['MONGODB_URL', 'http://x'],
    ['PUBLIC_URL', 'sluice.test'],
  ])('refuses %s=%s by its name and what it should hold', (name, value) => {
    expect(() => readConfig({ [name]: value }, root)).toThrow(new RegExp(`^${name} must `));
  });

  it('does not repeat a connection string, which may hold a password', () => {
    expect(() => readConfig({ MONGODB_URL: 'mongo://ann:secret@db' }, root)).toThrow(/^(?!.*secret)/);
  });

  it('has a meaning for every setting', () => {
    for (const { name, meaning } of SETTINGS) {
      expect(name).toMatch(/^[A-Z_]+$/);
      expect(meaning.length).toBeGreaterThan(10);
    }
  });
});
