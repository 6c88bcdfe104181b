/** Texts of a workbook by number, packed into one buffer: millions of strings as objects would take several times as much. */
export interface SharedTexts {
  add(text: string): void;
  /** Undefined for a number that no text has. */
  at(index: number): string | undefined;
  /** Bytes of all texts. */
  readonly bytes: number;
}

const FIRST_BYTES = 64 * 1024;

export function createSharedTexts(): SharedTexts {
  let packed = Buffer.allocUnsafe(FIRST_BYTES);
  let ends = new Uint32Array(1024);
  let count = 0;
  let used = 0;
  return {
    get bytes() {
      return used;
    },
    add(text) {
      const length = Buffer.byteLength(text);
      if (used + length > packed.length) {
        const larger = Buffer.allocUnsafe(Math.max(packed.length * 2, used + length));
        packed.copy(larger, 0, 0, used);
        packed = larger;
      }
      if (count === ends.length) {
        const larger = new Uint32Array(ends.length * 2);
        larger.set(ends);
        ends = larger;
      }
      used += packed.write(text, used);
      ends[count] = used;
      count += 1;
    },
    at(index) {
      if (!(index >= 0 && index < count)) return undefined;
      return packed.toString('utf8', index === 0 ? 0 : ends[index - 1], ends[index]);
    },
  };
}
