import type { RejectionCode } from '@sluice/shared/http-api';

/** Why a row, or one of its cells, cannot be imported. */
export interface Fault {
  code: RejectionCode;
  column: string | null;
  value: string;
}

/** One row of the file as it stands there. */
export interface Row {
  /** Line it begins on, from 1, the header's included; in a workbook the number of the row in its sheet. */
  line: number;
  /** Number of the row behind the header, from 1; rows that cannot be read count too, so it is the same on every pass. */
  number: number;
  /** As many as the file has columns, unless the row has another number of them. */
  cells: string[];
  /** Its text in the file. */
  raw: string;
  /** It cannot be read as a row. */
  fault?: Fault;
}

/** Longest row, in characters; a row is held in memory whole. */
export const MAX_RECORD_LENGTH = 1024 * 1024;

export interface Reading {
  /** Hears of each part of the file that was read. */
  onBytes?: (bytes: number) => void;
  /** Of so many rows at the beginning a reader may leave out what stands in them; they come all the same. */
  skip?: number;
}
