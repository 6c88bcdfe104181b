import { StringDecoder } from 'node:string_decoder';
import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import { damaged } from './workbook-parts.ts';

export interface XmlHandlers {
  /** Names come without their prefix. */
  onOpen?(name: string, attributes: Readonly<Record<string, string>>): void;
  onText?(text: string): void;
  onClose?(name: string): void;
}

/**
 * Reads XML as it arrives and yields after each chunk, so that whoever collects can hand on what it has. Entities of a
 * document's own are not known and end it. Throws `import-file-unreadable` for what is no XML.
 */
export async function* readXml(source: Readable, handlers: XmlHandlers): AsyncGenerator<void> {
  const parser = new SaxesParser();
  const decoder = new StringDecoder('utf8');
  parser.on('error', (error) => {
    throw damaged(error);
  });
  parser.on('opentag', (tag) => handlers.onOpen?.(localName(tag.name), tag.attributes as Record<string, string>));
  parser.on('text', (text) => handlers.onText?.(text));
  parser.on('cdata', (text) => handlers.onText?.(text));
  parser.on('closetag', (tag) => handlers.onClose?.(localName(tag.name)));
  try {
    for await (const chunk of source) {
      parser.write(decoder.write(chunk as Buffer));
      yield;
    }
    parser.write(decoder.end()).close();
    yield;
  } finally {
    source.destroy();
  }
}

/** The same for a part that is small. */
export async function readWholeXml(source: Readable, handlers: XmlHandlers): Promise<void> {
  for await (const _chunk of readXml(source, handlers));
}

function localName(name: string): string {
  const at = name.indexOf(':');
  return at < 0 ? name : name.slice(at + 1);
}
