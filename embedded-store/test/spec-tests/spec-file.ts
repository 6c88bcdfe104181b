import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BSON } from 'mongodb';

/** A file in MongoDB's unified test format (github.com/mongodb/specifications, unified-test-format). */
export interface SpecFile {
  /** Path inside the folder, such as `crud/find.json`. */
  path: string;
  description: string;
  runOnRequirements?: Requirement[];
  createEntities?: Record<string, EntitySpec>[];
  initialData?: CollectionData[];
  tests: SpecTest[];
}

export interface Requirement {
  minServerVersion?: string;
  maxServerVersion?: string;
  topologies?: string[];
  serverless?: string;
  auth?: boolean;
}

export interface EntitySpec {
  id: string;
  [option: string]: unknown;
}

export interface CollectionData {
  collectionName: string;
  databaseName: string;
  createOptions?: Record<string, unknown>;
  documents: Record<string, unknown>[];
}

export interface SpecTest {
  description: string;
  runOnRequirements?: Requirement[];
  skipReason?: string;
  operations: Operation[];
  expectEvents?: ExpectedEvents[];
  outcome?: CollectionData[];
}

export interface Operation {
  name: string;
  object: string;
  arguments?: Record<string, unknown>;
  expectResult?: unknown;
  expectError?: ExpectedError;
  saveResultAsEntity?: string;
  ignoreResultAndError?: boolean;
}

export interface ExpectedError {
  isError?: boolean;
  isClientError?: boolean;
  errorContains?: string;
  errorCode?: number;
  errorCodeName?: string;
  errorLabelsContain?: string[];
  errorLabelsOmit?: string[];
  errorResponse?: unknown;
  expectResult?: unknown;
}

export interface ExpectedEvents {
  client: string;
  ignoreExtraEvents?: boolean;
  events: Record<string, Record<string, unknown>>[];
}

/** Where the specification files lie: `SLUICE_SPEC_TESTS`, else beside the repository. They are not part of it. */
export function findSpecFolder(): string | undefined {
  const folder =
    process.env['SLUICE_SPEC_TESTS'] ?? resolve(import.meta.dirname, '../../../../shared/mongo-spec-tests');
  return existsSync(folder) ? folder : undefined;
}

/** Reads all files of the folder, in order of their paths. */
export function readSpecFiles(folder: string): SpecFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .sort()
    .map((path) => ({
      ...(BSON.EJSON.parse(readFileSync(join(folder, path), 'utf8')) as Omit<SpecFile, 'path'>),
      path,
    }));
}
