/** What the store's process tells its launcher over the IPC channel. */
export type ProcessMessage = { kind: 'ready'; url: string; port?: number } | { kind: 'failed'; sentence: string };

/** What the launcher tells the store's process. */
export interface StopMessage {
  kind: 'stop';
}

export function isProcessMessage(value: unknown): value is ProcessMessage {
  const kind = (value as { kind?: unknown } | null)?.kind;
  return kind === 'ready' || kind === 'failed';
}
