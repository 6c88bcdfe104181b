export { compareBson, compareRaw, compareStrings } from './compare.ts';
export { decodeDocument, decodeValue, RawDocument } from './decode.ts';
export { type Raw, readField, Type } from './element.ts';
export { BsonWriter, encodeDocument, encodeValue } from './encode.ts';
export { decodeField, type IndexFields, indexKeys } from './index-keys.ts';
export { bracketOf, encodeKey, encodeRawKey, keyOfId } from './key.ts';
export { refuse, StoreError } from './store-error.ts';
export { assertValidBson } from './validate.ts';
export { type AnyDocument, entriesOf, fieldOf, isDocument, typeOf } from './value.ts';
