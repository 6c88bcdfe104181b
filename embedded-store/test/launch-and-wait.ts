/** Launches a store, prints its process id and waits to be killed. */
import { MongoClient } from 'mongodb';
import { launchEmbeddedStore } from '../src/index.ts';

const store = await launchEmbeddedStore({ folder: process.argv[2] ?? '' });
const client = new MongoClient(store.url);
const { pid } = await client.db('admin').command({ serverStatus: 1 });
await client.close();
console.log(String(pid));
setInterval(() => {}, 1_000);
