import { MongoClient } from 'mongodb';
const c = await MongoClient.connect(`mongodb://${encodeURIComponent(process.argv[2])}/?directConnection=true&retryWrites=false`);
const db = c.db('sluice');
console.log(JSON.stringify(await db.collection('imports').find({}, { projection: { status: 1, rowsRead: 1, bytesRead: 1, undo: 1 } }).toArray()), await db.collection('uploads.chunks').estimatedDocumentCount(), await db.collection('profiles').estimatedDocumentCount());
await c.close();
