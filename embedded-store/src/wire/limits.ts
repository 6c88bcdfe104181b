/** Largest document, as MongoDB: 16 MiB. */
export const maxDocumentBytes = 16 * 1024 * 1024;
/** What a server may add to a document on its way (commands, an upsert's `_id`): MongoDB allows 16 KiB more. */
export const maxInternalDocumentBytes = maxDocumentBytes + 16 * 1024;
export const maxMessageBytes = 48_000_000;
export const maxWriteBatch = 100_000;
