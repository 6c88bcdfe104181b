import { createDecipheriv, createHmac, hkdfSync, scryptSync } from 'node:crypto';

const TAG = 16;
const CHUNK = 64 * 1024 + TAG;

/** Opens a file of the age format by its specification alone, as a stranger's program would: nothing of what sealed it takes part. */
export function openSealed(file: Buffer, passphrase: string): string {
  const footer = file.indexOf('\n--- ') + 1;
  const end = file.indexOf('\n', footer);
  const [version, stanza = '', body = ''] = file.subarray(0, footer).toString().split('\n');
  if (version !== 'age-encryption.org/v1') throw new Error(`Not a file of age: ${version}`);
  const [, kind, salt = '', workFactor = ''] = stanza.split(' ');
  if (kind !== 'scrypt') throw new Error(`Not sealed with a passphrase: ${kind}`);
  const N = 2 ** Number(workFactor);
  const salted = Buffer.concat([Buffer.from('age-encryption.org/v1/scrypt'), Buffer.from(salt, 'base64')]);
  const wrapping = scryptSync(passphrase, salted, 32, { N, r: 8, p: 1, maxmem: 2048 * N });
  const fileKey = open(wrapping, Buffer.alloc(12), Buffer.from(body, 'base64'));
  const mac = createHmac('sha256', derive(fileKey, '', 'header'))
    .update(file.subarray(0, footer + 3))
    .digest('base64');
  if (mac.replace(/=+$/, '') !== file.subarray(footer + 4, end).toString()) throw new Error('The header was changed');
  const key = derive(fileKey, file.subarray(end + 1, end + 17), 'payload');
  const payload = file.subarray(end + 17);
  const chunks: Buffer[] = [];
  for (let from = 0, count = 0; from < payload.length || count === 0; from += CHUNK, count += 1) {
    const nonce = Buffer.alloc(12);
    nonce.writeUInt32BE(count, 7);
    nonce[11] = from + CHUNK >= payload.length ? 1 : 0;
    chunks.push(open(key, nonce, payload.subarray(from, from + CHUNK)));
  }
  return Buffer.concat(chunks).toString();
}

function derive(key: Buffer, salt: Buffer | string, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, info, 32));
}

/** Throws where the key is another one or anything was changed. */
function open(key: Buffer, nonce: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG });
  decipher.setAuthTag(sealed.subarray(-TAG));
  return Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()]);
}
