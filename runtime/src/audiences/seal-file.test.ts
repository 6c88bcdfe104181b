import { Decrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import { describe, expect, test } from 'vitest';
import { openSealed } from './open-sealed.fixture.ts';
import { sealFile } from './seal-file.ts';

/** More than two chunks of the format, in pieces that end within characters' neighbourhoods and nowhere near its bounds. */
async function* longFile() {
  for (let row = 0; row < 6000; row += 1) yield `user-${row},上海,${'x'.repeat(row % 23)}\r\n`;
}
async function whole(pieces: AsyncIterable<string | Buffer>): Promise<Buffer> {
  const found: Buffer[] = [];
  for await (const piece of pieces) found.push(Buffer.from(piece));
  return Buffer.concat(found);
}
const PASSPHRASE = 'correct horse battery';

describe('[AUD-8] a sealed file', () => {
  test('is opened by the passphrase and the specification of the format alone, and by no other passphrase', async () => {
    const sealed = await whole(await sealFile(longFile(), { kind: 'passphrase', passphrase: PASSPHRASE }));
    expect(sealed.includes('上海')).toBe(false);
    expect(openSealed(sealed, PASSPHRASE)).toBe((await whole(longFile())).toString());
    expect(() => openSealed(sealed, `${PASSPHRASE} `)).toThrow('unable to authenticate');
    const cut = sealed.subarray(0, 66_000);
    expect(() => openSealed(cut, PASSPHRASE)).toThrow('unable to authenticate');
  });

  test('is opened by each of the keys it was sealed for, and by no other', async () => {
    const [ada, lin, eve] = [await generateIdentity(), await generateIdentity(), await generateIdentity()];
    const recipients = [await identityToRecipient(ada), ` ${await identityToRecipient(lin)} `];
    const sealed = await whole(await sealFile(longFile(), { kind: 'recipients', recipients }));
    const opened = (identity: string) => {
      const decrypter = new Decrypter();
      decrypter.addIdentity(identity);
      return decrypter.decrypt(sealed, 'text');
    };
    const expected = (await whole(longFile())).toString();
    expect(await opened(ada)).toBe(expected);
    expect(await opened(lin)).toBe(expected);
    await expect(opened(eve)).rejects.toThrow('no identity matched');
  });

  test('is not made for what is no public key', async () => {
    for (const key of ['age1nonsense', 'ssh-ed25519', await generateIdentity()])
      await expect(sealFile(longFile(), { kind: 'recipients', recipients: [key] })).rejects.toMatchObject({
        code: 'export-key-invalid',
      });
  });

  test('whose reader goes away is read no further', async () => {
    let isClosed = false;
    async function* watched() {
      try {
        yield* longFile();
      } finally {
        isClosed = true;
      }
    }
    const sealed = await sealFile(watched(), { kind: 'passphrase', passphrase: PASSPHRASE });
    for await (const _piece of sealed) break;
    await expect.poll(() => isClosed).toBe(true);
  });
});
