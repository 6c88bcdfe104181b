/** Local part as in RFC 5321 without quoted strings; domain of at least two labels, also in other scripts (RFC 6531). */
const ADDRESS =
  /^[^\s@"(),:;<>[\\\]\p{Cc}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;
const MAX_LENGTH = 254;

/** Whether mail could be sent to it, as far as its form tells. One address, without a name. */
export function isEmailAddress(value: string): boolean {
  return value.length <= MAX_LENGTH && ADDRESS.test(value) && !/^\.|\.\.|\.@/.test(value);
}
