import { createCipheriv, randomBytes, scrypt } from 'node:crypto';
import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { AppError } from '@sluice/shared/errors';
import type { FileSeal } from '@sluice/shared/http-api';
import { Encrypter, type Recipient, Stanza } from 'age-encryption';

/**
 * Seals a file in the age format (https://age-encryption.org/v1), which the program `age` opens wherever it came from. It is
 * sealed while it is read: a chunk of 64 KiB is in memory. Throws `export-key-invalid` for what is no public key.
 */
export async function sealFile(content: AsyncIterable<string>, seal: FileSeal): Promise<Readable> {
  const encrypter = new Encrypter();
  if (seal.kind === 'passphrase') encrypter.addRecipient(ofPassphrase(seal.passphrase));
  else for (const key of seal.recipients) addKey(encrypter, key.trim());
  const sealed = await encrypter.encrypt(
    ReadableStream.from(encoded(content)) as globalThis.ReadableStream<Uint8Array>,
  );
  return Readable.fromWeb(sealed as ReadableStream<Uint8Array>);
}

function addKey(encrypter: Encrypter, key: string): void {
  try {
    encrypter.addRecipient(key);
  } catch (cause) {
    const shown = key.length > 24 ? `${key.slice(0, 24)}…` : key;
    throw new AppError('export-key-invalid', `${shown} is no public key of age`, { cause, details: { key: shown } });
  }
}

async function* encoded(content: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const text of content) yield Buffer.from(text);
}

/** 2^16 rounds take 64 MiB and about a quarter of a second of one thread. */
const WORK_FACTOR = 16;
const LABEL = 'age-encryption.org/v1/scrypt';

/** The library's own way works the key out on the thread that answers everybody; here another one does. */
function ofPassphrase(passphrase: string): Recipient {
  return {
    async wrapFileKey(fileKey) {
      const salt = randomBytes(16);
      const key = await stretch(passphrase, Buffer.concat([Buffer.from(LABEL), salt]));
      const cipher = createCipheriv('chacha20-poly1305', key, Buffer.alloc(12), { authTagLength: 16 });
      const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
      const spelled = salt.toString('base64').replace(/=+$/, '');
      return [new Stanza(['scrypt', spelled, String(WORK_FACTOR)], body)];
    },
  };
}

function stretch(passphrase: string, salt: Buffer): Promise<Buffer> {
  const [N, r] = [2 ** WORK_FACTOR, 8];
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, 32, { N, r, p: 1, maxmem: 256 * N * r }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
