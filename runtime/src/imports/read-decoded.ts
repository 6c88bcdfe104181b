import iconv from 'iconv-lite';
import type { Row } from './row.ts';
import type { StoredFile } from './stored-file.ts';

/** Cuts text that comes in pieces of any length into what a row is made of. */
export interface Splitter<Part> {
  push(text: string): Part[];
  /** What is left when the text is over. */
  end(): Part[];
}

/** Rows of a text file, one chunk of it in memory at a time. `onBytes` hears of each chunk. */
export async function* readDecoded<Part>(
  file: StoredFile,
  encoding: string,
  reading: { splitter: Splitter<Part>; toRows(parts: readonly Part[]): Row[]; onBytes(bytes: number): void },
): AsyncGenerator<Row[]> {
  const { splitter, toRows, onBytes } = reading;
  const decoder = iconv.getDecoder(encoding);
  const source = file.stream();
  try {
    for await (const chunk of source) {
      const rows = toRows(splitter.push(decoder.write(chunk as Buffer)));
      onBytes((chunk as Buffer).length);
      if (rows.length > 0) yield rows;
    }
    const rows = toRows([...splitter.push(decoder.end() ?? ''), ...splitter.end()]);
    if (rows.length > 0) yield rows;
  } finally {
    source.destroy();
  }
}
