import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameReader } from './frame-reader.ts';

function frame(content: Uint8Array): Buffer {
  const message = Buffer.alloc(16 + content.length);
  message.writeInt32LE(message.length, 0);
  message.set(content, 16);
  return message;
}

describe('the frame reader', () => {
  it('[STORE-1] finds the same messages however the stream is cut', () => {
    const contents = fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(contents, fc.array(fc.nat({ max: 400 })), (given, cuts) => {
        const messages = given.map(frame);
        const stream = Buffer.concat(messages);
        const places = [0, ...cuts.filter((cut) => cut < stream.length).sort((a, b) => a - b), stream.length];
        const found: Buffer[] = [];
        const read = createFrameReader((message) => found.push(message));
        for (let i = 1; i < places.length; i++) read(stream.subarray(places[i - 1], places[i]));
        expect(found).toEqual(messages);
      }),
    );
  });

  it('[STORE-1] refuses a length that no honest client sends', () => {
    const read = createFrameReader(() => {});
    expect(() => read(Buffer.from([255, 255, 255, 127]))).toThrow('outside 16 to 48000000');
    expect(() => createFrameReader(() => {})(Buffer.from([3, 0, 0, 0]))).toThrow('A wire message of 3 bytes');
  });
});
