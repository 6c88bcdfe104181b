import type { Socket } from 'node:net';
import { createFrameReader } from '../wire/frame-reader.ts';
import { parseMessage, type WireRequest } from '../wire/message.ts';
import { frameLegacyReply, frameOpMsgReply } from '../wire/reply.ts';
import { dispatch, encodeError } from './dispatch.ts';
import type { Engine } from './engine.ts';

/** Serves one client: its commands run one after the other, in the order in which they came. */
export function serveConnection(engine: Engine, socket: Socket, connectionId: number): void {
  let last: Promise<void> | undefined;

  const read = createFrameReader((message) => {
    if (last) last = last.then(() => serve(message));
    else {
      const running = serve(message);
      if (running) last = running.finally(() => (last = undefined));
    }
  });

  function serve(message: Buffer): Promise<void> | undefined {
    let request: WireRequest;
    try {
      request = parseMessage(message);
    } catch (error) {
      socket.end(frameOpMsgReply(message.readInt32LE(4), encodeError(error)));
      return undefined;
    }
    const reply = dispatch(engine, request, connectionId);
    if (reply instanceof Promise) return reply.then((body) => send(request, body));
    send(request, reply);
    return undefined;
  }

  function send({ requestId, isLegacyQuery, isUnanswered }: WireRequest, body: Uint8Array): void {
    if (isUnanswered || socket.destroyed) return;
    socket.write(isLegacyQuery ? frameLegacyReply(requestId, body) : frameOpMsgReply(requestId, body));
  }

  socket.setNoDelay(true);
  // A client that goes away mid-command is no fault of the store.
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    try {
      read(chunk);
    } catch (error) {
      console.error(`embedded store: connection ${connectionId} closed: ${(error as Error).message}`);
      socket.destroy();
    }
  });
}
