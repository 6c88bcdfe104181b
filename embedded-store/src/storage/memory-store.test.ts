import { openMemoryStore } from './memory-store.ts';
import { describeOrderedStore } from './ordered-store.contract.ts';

describeOrderedStore('the in-memory twin', () => {
  const store = openMemoryStore();
  return { store, remove: () => store.close() };
});
