import chardet from 'chardet';
import iconv from 'iconv-lite';

/** Bytes with the eighth bit set that are kept to judge a file that is not UTF-8. */
const SAMPLE_BYTES = 64 * 1024;
const FALLBACK = 'windows-1252';

/** Watches a file go by and names its encoding at the end. */
export interface EncodingDetector {
  add(chunk: Buffer): void;
  /** A name that iconv-lite understands. */
  detect(): string;
}

/**
 * A byte order mark decides; else a file that is UTF-8 from its first byte to its last is UTF-8, and only then statistics
 * speak. The whole file is looked at: a table may begin with thousands of rows of ASCII before the first name in GB18030.
 */
export function createEncodingDetector(): EncodingDetector {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let mark: string | undefined;
  let isUtf8 = true;
  let isFirst = true;
  const telling: Buffer[] = [];
  let tellingBytes = 0;

  function decodes(chunk: Buffer | undefined): boolean {
    try {
      strict.decode(chunk, { stream: chunk !== undefined });
      return true;
    } catch {
      // A byte sequence that UTF-8 does not have: the answer, not a failure.
      return false;
    }
  }

  return {
    add(chunk) {
      if (isFirst && chunk.length > 0) {
        mark = readMark(chunk);
        isFirst = false;
      }
      if (isUtf8) isUtf8 = decodes(chunk);
      if (tellingBytes >= SAMPLE_BYTES || !chunk.some((byte) => byte >= 0x80)) return;
      const part = Buffer.from(chunk.subarray(0, SAMPLE_BYTES - tellingBytes));
      telling.push(part);
      tellingBytes += part.length;
    },
    detect() {
      if (mark) return mark;
      if (isUtf8 && decodes(undefined)) return 'utf-8';
      return guess(Buffer.concat(telling));
    },
  };
}

function readMark(start: Buffer): string | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  return readPairs(start.subarray(0, 1000));
}

/** Without a mark: in UTF-16 every second byte of Latin letters, digits and delimiters is zero, and no other byte is. */
function readPairs(start: Buffer): string | undefined {
  const zeros = [0, 0];
  for (const [index, byte] of start.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const many = start.length / 8;
  if (odd > many && even === 0) return 'utf-16le';
  return even > many && odd === 0 ? 'utf-16be' : undefined;
}

// GB2312 and GBK are parts of GB18030, and the files that say so use characters beyond them.
function guess(sample: Buffer): string {
  const name = chardet.detect(sample) ?? FALLBACK;
  if (/^gb/i.test(name)) return 'gb18030';
  // A short sample may look like UTF-8 to the statistics; the strict decoder has already said no.
  if (name === 'UTF-8' || name === 'ASCII' || !iconv.encodingExists(name)) return FALLBACK;
  return name.toLowerCase();
}
