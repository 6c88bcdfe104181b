export { type EmbeddedStore, launchEmbeddedStore, type LaunchOptions } from './launch/launch-embedded-store.ts';
export { type Listen, startStoreServer, type StoreServer, type StoreServerOptions } from './server/store-server.ts';
