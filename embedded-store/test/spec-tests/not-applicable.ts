/**
 * Specification tests that cannot apply to the embedded store, each by file, test and reason. A test is listed only
 * because it needs what the published surface refuses (and is then refused, never answered otherwise), or because the
 * official driver itself does not do what the test asks of a driver.
 */
export interface NotApplicable {
  file: string;
  /** Descriptions of tests; absent when the whole file needs the same thing. */
  tests?: readonly string[];
  reason: string;
}

const collation = 'needs a collation other than {locale: "simple"}, which is refused (238)';
const noCollection = 'needs a pipeline without a collection ({aggregate: 1}), which is refused (73)';
const failPoint = 'needs a fail point, a test hook of mongod that is not part of the surface (59)';
const timeSeries = 'needs a time series collection, which is refused (238)';
const images = 'needs pre- and post-images of change streams, which are refused (238)';
const noFalse = 'the official driver leaves out bypassDocumentValidation when it is false';
const nullId = 'the official driver puts an ObjectId in the place of a null _id before it sends the document';

const collationFiles = [
  'aggregate',
  'bulkWrite',
  'count',
  'deleteMany',
  'deleteOne',
  'distinct',
  'find',
  'findOneAndDelete',
  'findOneAndReplace',
  'findOneAndUpdate',
  'replaceOne',
  'updateMany',
  'updateOne',
];

export const notApplicable: readonly NotApplicable[] = [
  ...collationFiles.map((name) => ({ file: `crud/${name}-collation.json`, reason: collation })),
  {
    file: 'collection-management/clustered-indexes.json',
    reason: 'needs the clusteredIndex option, which is refused (238); every collection is clustered by _id anyway',
  },
  { file: 'collection-management/createCollection-pre_and_post_images.json', reason: images },
  { file: 'collection-management/modifyCollection-pre_and_post_images.json', reason: images },
  { file: 'collection-management/timeseries-collection.json', reason: timeSeries },
  {
    file: 'collection-management/modifyCollection-errorResponse.json',
    reason: 'needs prepareUnique of collMod, which is refused (238): build the unique index instead',
  },
  { file: 'crud/aggregate-merge-errorResponse.json', reason: noCollection },
  { file: 'crud/db-aggregate.json', reason: noCollection },
  { file: 'crud/db-aggregate-rawdata.json', reason: noCollection },
  {
    file: 'crud/bypassDocumentValidation.json',
    tests: [
      'Aggregate with $out passes bypassDocumentValidation: false',
      'BulkWrite passes bypassDocumentValidation: false',
      'FindOneAndReplace passes bypassDocumentValidation: false',
      'FindOneAndUpdate passes bypassDocumentValidation: false',
      'InsertMany passes bypassDocumentValidation: false',
    ],
    reason: noFalse,
  },
  {
    file: 'crud/create-null-ids.json',
    tests: [
      'inserting _id with type null via insertOne',
      'inserting _id with type null via insertMany',
      'inserting _id with type null via bulkWrite',
    ],
    reason: nullId,
  },
  {
    file: 'crud/estimatedDocumentCount.json',
    tests: [
      'estimatedDocumentCount errors correctly--command error',
      'estimatedDocumentCount errors correctly--socket error',
    ],
    reason: failPoint,
  },
  {
    file: 'crud/estimatedDocumentCount.json',
    tests: ['estimatedDocumentCount works correctly on views'],
    reason: 'needs a view, which is refused (238)',
  },
  {
    file: 'crud/findOneAndUpdate-errorResponse.json',
    tests: ['findOneAndUpdate document validation errInfo is accessible'],
    reason: 'needs document validation, which is refused (238)',
  },
  {
    file: 'gridfs/download.json',
    tests: ['download when final chunk is missing'],
    reason: 'the official driver ends such a download without an error, whatever the server',
  },
  {
    file: 'run-command/runCommand.json',
    tests: ['does not retry retryable errors on given command'],
    reason: failPoint,
  },
  {
    file: 'run-command/runCursorCommand.json',
    tests: ['does not close the cursor when receiving an empty batch'],
    reason: 'needs a capped collection, which is refused (238)',
  },
];

export function reasonNotApplicable(file: string, test: string): string | undefined {
  return notApplicable.find((entry) => entry.file === file && (entry.tests?.includes(test) ?? true))?.reason;
}
