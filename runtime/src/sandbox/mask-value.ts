import type { AttributeValue, Attributes } from '@sluice/shared/model';
import { isEmailAddress } from '../channels/email/email-address.ts';

/** Names of attributes that tell who somebody is, whatever they hold. */
const TELLING_NAME =
  /(^|[^a-z])(name|first|last|surname|phone|mobile|tel|address|street|passport|ssn|iban|card|wechat|weixin|openid|unionid)([^a-z]|$)|姓名|名字|手机|电话|地址|身份证|微信|护照|银行/i;
/** Eight digits and more, with what people put between them: telephone, identity and account numbers. */
const LONG_NUMBER = /^\+?\d[\d\s()-]{6,}\d$/;

/**
 * Masks what could tell who a person is: addresses, long numbers, and values whose names say so. What is masked keeps its
 * shape, so that a flow treats it as it would the real one; dates, amounts and categories stay as they are.
 */
export function maskAttributes(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, maskValue(name, value)]));
}

function maskValue(name: string, value: AttributeValue): AttributeValue {
  if (Array.isArray(value)) return value.map((item) => (typeof item === 'string' ? maskText(name, item) : item));
  if (typeof value === 'string') return maskText(name, value);
  if (typeof value === 'number' && TELLING_NAME.test(spaced(name))) return 0;
  return value;
}

function maskText(name: string, text: string): string {
  if (isEmailAddress(text)) return `${text.slice(0, 1)}***@example.com`;
  if (LONG_NUMBER.test(text) && !isDate(text)) return hideMiddle(text);
  return TELLING_NAME.test(spaced(name)) ? hideMiddle(text) : text;
}

/** The first three and the last two characters of what is long enough, one of what is not. */
function hideMiddle(text: string): string {
  const letters = [...text];
  if (letters.length <= 6) return `${letters[0] ?? ''}**`;
  return `${letters.slice(0, 3).join('')}${'*'.repeat(Math.min(letters.length - 5, 6))}${letters.slice(-2).join('')}`;
}

/** `firstName` and `first_name` are the same words. */
function spaced(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, '$1 $2');
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}
