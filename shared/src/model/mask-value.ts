import type { AttributeValue } from './attribute.ts';
import type { MaskKind } from './sensitivity.ts';

const STARS = '***';
const PHONE = /^\+?\d[\d\s()-]{5,18}\d$/;
const EMAIL = /^[^\s@]+@[^\s@]+$/;
const IDENTITY_NUMBER = /^\d{15}(\d{2}[\dXx])?$/;
const CHINESE_NAME = /^[\p{Script=Han}·]{2,15}$/u;

/**
 * What is shown in place of a value: enough to recognise it by for whoever knows it, too little to learn it. Nothing stays
 * nothing; a number, a date, a list or yes and no give away too much by any part of them. Pure.
 */
export function maskValue(value: AttributeValue, kind?: MaskKind): AttributeValue {
  if (value === null || value === '') return value;
  if (typeof value === 'boolean' || Array.isArray(value)) return STARS;
  const text = String(value);
  const isLongNumber = typeof value === 'number' && Number.isInteger(value) && text.length >= 7;
  if (typeof value === 'number' && !isLongNumber) return STARS;
  return MASKS[kind ?? kindOf(text)](text);
}

/** The kind of personal value that a text looks like. */
export function kindOf(text: string): MaskKind {
  if (EMAIL.test(text)) return 'email';
  if (IDENTITY_NUMBER.test(text)) return 'id';
  if (PHONE.test(text)) return 'phone';
  return CHINESE_NAME.test(text) ? 'name' : 'whole';
}

const MASKS: Readonly<Record<MaskKind, (text: string) => string>> = {
  // 138****8000; a short number keeps its end only.
  phone: (text) => (lengthOf(text) < 9 ? `${STARS}${last(text, 2)}` : `${first(text, 3)}****${last(text, 4)}`),
  email(text) {
    const at = text.lastIndexOf('@');
    return at < 1 ? STARS : `${first(text.slice(0, at), 1)}${STARS}${text.slice(at)}`;
  },
  id: (text) => (lengthOf(text) < 8 ? STARS : `${first(text, 2)}************${last(text, 2)}`),
  name: (text) => `${first(text, 1)}**`,
  whole: () => STARS,
};

// By character: half of one is none.
const lengthOf = (text: string) => [...text].length;
const first = (text: string, count: number) => [...text].slice(0, count).join('');
const last = (text: string, count: number) => [...text].slice(-count).join('');
