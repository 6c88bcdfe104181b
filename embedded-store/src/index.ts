export { backUpStore, restoreStore } from './backup/back-up-store.ts';
export { exportDump, type DumpReport } from './backup/export-dump.ts';
export { importDump } from './backup/import-dump.ts';
export { type EmbeddedStore, launchEmbeddedStore, type LaunchOptions } from './launch/launch-embedded-store.ts';
export { type Listen, startStoreServer, type StoreServer, type StoreServerOptions } from './server/store-server.ts';
