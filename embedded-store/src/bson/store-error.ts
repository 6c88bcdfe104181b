import type { Document } from 'bson';

const CODE_NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'InternalError'],
  [2, 'BadValue'],
  [9, 'FailedToParse'],
  [11, 'UserNotFound'],
  [14, 'TypeMismatch'],
  [15, 'Overflow'],
  [16, 'InvalidLength'],
  [17, 'ProtocolError'],
  [20, 'IllegalOperation'],
  [22, 'InvalidBSON'],
  [26, 'NamespaceNotFound'],
  [27, 'IndexNotFound'],
  [28, 'PathNotViable'],
  [40, 'ConflictingUpdateOperators'],
  [43, 'CursorNotFound'],
  [48, 'NamespaceExists'],
  [50, 'MaxTimeMSExpired'],
  [52, 'DollarPrefixedFieldName'],
  [53, 'InvalidIdField'],
  [54, 'NotSingleValueField'],
  [56, 'EmptyFieldName'],
  [57, 'DottedFieldName'],
  [59, 'CommandNotFound'],
  [66, 'ImmutableField'],
  [67, 'CannotCreateIndex'],
  [72, 'InvalidOptions'],
  [73, 'InvalidNamespace'],
  [85, 'IndexOptionsConflict'],
  [86, 'IndexKeySpecsConflict'],
  [96, 'OperationFailed'],
  [115, 'CommandNotSupported'],
  [121, 'DocumentValidationFailure'],
  [171, 'CannotIndexParallelArrays'],
  [197, 'InvalidIndexSpecificationOption'],
  [238, 'NotImplemented'],
  [241, 'ConversionFailure'],
  [292, 'QueryExceededMemoryLimitNoDiskUseAllowed'],
  [11000, 'DuplicateKey'],
  [10334, 'BSONObjectTooLarge'],
  [11601, 'InterruptedDueToShutdown'],
]);

/** An error with MongoDB's own code, as a client receives it. */
export class StoreError extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly details: Document | undefined;

  constructor(code: number, message: string, details?: Document) {
    super(message);
    this.name = 'StoreError';
    this.code = code;
    this.codeName = CODE_NAMES.get(code) ?? `Location${code}`;
    this.details = details;
  }
}

/** The refusal of something that MongoDB has and this store has not; names the way out. */
export function refuse(code: number, what: string): StoreError {
  return new StoreError(
    code,
    `${what} is not part of the embedded store. Set MONGODB_URL to a MongoDB server if you need it.`,
  );
}
