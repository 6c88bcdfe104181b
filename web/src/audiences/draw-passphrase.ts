/** Without what is easily taken for something else when it is read out: i, l, o, 0 and 1. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 5;
const GROUP_LENGTH = 5;

/** A passphrase that nobody can guess: 25 of 31 letters, that is 123 bits, in groups that can be read out. */
export function drawPassphrase(): string {
  const groups = Array.from({ length: GROUPS }, () => Array.from({ length: GROUP_LENGTH }, drawLetter).join(''));
  return groups.join('-');
}

/** Draws again what would make the first letters likelier than the others. */
function drawLetter(): string {
  const [drawn = 0] = crypto.getRandomValues(new Uint8Array(1));
  return drawn < 256 - (256 % LETTERS.length) ? LETTERS.charAt(drawn % LETTERS.length) : drawLetter();
}
