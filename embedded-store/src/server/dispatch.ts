import type { Document } from 'bson';
import { encodeDocument, StoreError } from '../bson/index.ts';
import { checkOptions } from '../commands/check-fields.ts';
import type { CommandReply } from '../commands/command.ts';
import { handlers } from '../commands/handlers.ts';
import { type CommandName, commandAliases, commands } from '../surface.ts';
import { type CommandBody, decodeCommandBody } from '../wire/command-body.ts';
import type { WireRequest } from '../wire/message.ts';
import type { Engine } from './engine.ts';

/** Runs one command and answers its reply as BSON; an error becomes a reply, never an exception. */
export function dispatch(engine: Engine, request: WireRequest, connectionId: number): Uint8Array | Promise<Uint8Array> {
  try {
    const reply = runCommand(engine, request, connectionId);
    return reply instanceof Promise ? reply.then(encodeReply).catch(encodeError) : encodeReply(reply);
  } catch (error) {
    return encodeError(error);
  }
}

function runCommand(engine: Engine, request: WireRequest, connectionId: number): CommandReply | Promise<CommandReply> {
  const body = decodeCommandBody(request.body, request.sequences);
  const place = findCommand(body);
  engine.commandCounts.set(place, (engine.commandCounts.get(place) ?? 0) + 1);
  checkOptions(place, withoutName(body));
  const db = String(body.fields['$db'] ?? request.legacyDatabase ?? '');
  if (db === '') throw new StoreError(40571, 'OP_MSG requests require a $db argument');
  return handlers[place]({ engine, db, name: body.name, fields: body.fields, connectionId });
}

function findCommand({ name }: CommandBody): CommandName {
  const place = commandAliases[name] ?? name;
  if (Object.hasOwn(commands, place)) return place as CommandName;
  throw new StoreError(
    59,
    `no such command: '${name}'. The embedded store answers only what its README lists; set MONGODB_URL to use a MongoDB server.`,
  );
}

function withoutName({ name, fields }: CommandBody): Record<string, unknown> {
  if (!(name in commandAliases)) return fields;
  const { [name]: _command, ...rest } = fields;
  return rest;
}

function encodeReply(reply: CommandReply): Uint8Array {
  return reply instanceof Uint8Array ? reply : encodeDocument({ ...reply, ok: okay });
}

const okay = 1;

/** An error as MongoDB replies it. An unexpected one is a bug of the store: it is written to stderr as well. */
export function encodeError(error: unknown): Uint8Array {
  if (error instanceof StoreError) {
    const { code, codeName, message, details } = error;
    return encodeDocument({ ok: 0, errmsg: message, code, codeName, ...details } as Document);
  }
  const message = error instanceof Error ? error.message : String(error);
  console.error('embedded store: unexpected error', error);
  return encodeDocument({
    ok: 0,
    errmsg: `Unexpected error in the embedded store: ${message}`,
    code: 1,
    codeName: 'InternalError',
  });
}
