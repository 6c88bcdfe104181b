/** Writes until the disk takes no more, then reads all again; prints what happened as JSON. Run under `ulimit -f`. */
import { StoreError } from '../src/bson/index.ts';
import { openStoreFolder } from '../src/storage/store-folder.ts';

const { store, release } = await openStoreFolder(process.argv[2] ?? '');
const value = Buffer.alloc(1000, 7);
const piece = 500;
let kept = 0;
let failure: unknown;
while (!failure) {
  try {
    store.write(() => {
      for (let i = 0; i < piece; i++) store.put('documents', Buffer.from(`key-${kept + i}`), value);
    });
    kept += piece;
  } catch (error) {
    failure = error;
  }
}
let counted = 0;
store.scan('documents', { from: Buffer.from('k'), to: Buffer.from('l') }, () => ++counted > 0);
const { code, message } = failure instanceof StoreError ? failure : { code: -1, message: String(failure) };
console.log(JSON.stringify({ code, message, kept, counted }));
await store.close();
release();
