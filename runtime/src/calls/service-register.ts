import type { KeyObject } from 'node:crypto';
import { AppError } from '@sluice/shared/errors';
import type { Service, ServiceDefinition } from '@sluice/shared/http-api';
import { checkRequest, isOwnHeader } from '@sluice/shared/model';
import type { Clock } from '@sluice/shared/time';
import { ulid } from 'ulid';
import { readTargetUrl } from '../outbound/target-url.ts';
import { openText, type SealedText, sealText } from '../secrets/sealed-text.ts';
import type { Database } from '../stores/database.ts';
import { isDuplicateKey } from '../stores/duplicate-key.ts';
import { createRequestFiller } from './fill-request.ts';
import { type ServiceRecord, services, toService } from './service-record.ts';

/** A service as calls need it; the only place where the secret is in the clear. */
export interface ActiveService {
  id: string;
  definition: ServiceDefinition;
  origin: string;
  secret: string | undefined;
  /** Why it cannot be called at the moment. */
  problem?: string;
}

export interface ServiceRegister {
  list(): Promise<Service[]>;
  /** Throws `service-invalid` or `name-taken`. */
  create(definition: ServiceDefinition, secret: string | undefined): Promise<Service>;
  /** Keeps the stored secret when none is given and it goes where it went before. Throws as `create`, and `not-found`. */
  change(id: string, definition: ServiceDefinition, secret: string | undefined): Promise<Service>;
  remove(id: string): Promise<void>;
  /** Those of the ids that exist, in one query. */
  active(ids: readonly string[]): Promise<Map<string, ActiveService>>;
  exists(id: string): Promise<boolean>;
}

const placeOf = (id: string) => `services/${id}`;

export function createServiceRegister(deps: {
  database: Database;
  secretKey: KeyObject;
  clock: Clock;
  timeZone: string;
}): ServiceRegister {
  const { secretKey, clock } = deps;
  const stored = deps.database.collection(services);
  const filler = createRequestFiller(deps.timeZone);

  return {
    async list() {
      return (await stored.find().sort({ 'definition.name': 1 }).toArray()).map(toService);
    },

    async create(definition, secret) {
      check(definition);
      const id = ulid(clock.now());
      if (definition.secretHeader !== '' && secret === undefined) throw secretMissing();
      const record: ServiceRecord = {
        _id: id,
        definition,
        ...(definition.secretHeader !== '' &&
          secret !== undefined && { secret: sealText(secretKey, placeOf(id), secret) }),
        updatedAt: new Date(clock.now()),
      };
      await unlessNameTaken(definition.name, () => stored.insertOne(record));
      return toService(record);
    },

    async change(id, definition, secret) {
      check(definition);
      const before = await stored.findOne({ _id: id });
      if (!before) throw notFound(id);
      const sealed = secret === undefined ? keepSecret(before, definition) : sealText(secretKey, placeOf(id), secret);
      const updatedAt = new Date(clock.now());
      const hasSecret = definition.secretHeader !== '' && sealed !== undefined;
      const { matchedCount } = await unlessNameTaken(definition.name, () =>
        stored.updateOne(
          { _id: id },
          {
            $set: { definition, updatedAt, ...(hasSecret && { secret: sealed }) },
            ...(!hasSecret && { $unset: { secret: true } }),
          },
        ),
      );
      if (matchedCount === 0) throw notFound(id);
      return toService({ _id: id, definition, updatedAt, ...(hasSecret && { secret: sealed }) });
    },

    async remove(id) {
      const { deletedCount } = await stored.deleteOne({ _id: id });
      if (deletedCount === 0) throw notFound(id);
    },

    async active(ids) {
      const found = await stored.find({ _id: { $in: [...new Set(ids)] } }).toArray();
      return new Map(found.map((record) => [record._id, toActive(record)]));
    },

    async exists(id) {
      return (await stored.findOne({ _id: id }, { projection: { _id: 1 } })) !== null;
    },
  };

  function toActive({ _id: id, definition, secret }: ServiceRecord): ActiveService {
    const service = { id, definition, origin: originOf(definition), secret: undefined };
    if (!secret) return service;
    try {
      return { ...service, secret: openText(secretKey, placeOf(id), secret) };
    } catch (error) {
      if (error instanceof AppError && error.kind === 'user') return { ...service, problem: error.message };
      throw error;
    }
  }

  /** What would fail every call is refused when it is written down. */
  function check(definition: ServiceDefinition): void {
    const { request, secretHeader, fields, decides } = definition;
    for (const problem of checkRequest(request)) {
      if (problem.code === 'header-secret')
        throw invalid(
          'header-secret',
          `Enter the value of ${problem.name} as the secret: headers can be read by everyone`,
        );
      throw invalid(problem.code, `The request is not sound: ${problem.code}`);
    }
    filler.compile(request);
    if (secretHeader !== '' && !isOwnHeader(secretHeader))
      throw invalid('header-reserved', `The header ${secretHeader} is set by the product itself`);
    if (request.headers.some(({ name }) => name.toLowerCase() === secretHeader.toLowerCase()))
      throw invalid('header-twice', `The header ${secretHeader} would be sent twice`);
    const names = fields.map(({ name }) => name);
    if (new Set(names).size < names.length) throw invalid('field-twice', 'Two fields have the same name');
    const deciding = fields.find(({ name }) => name === decides);
    if (!deciding?.isRequired)
      throw invalid('decides', 'The field that decides must be one of the fields, and required');
  }
}

/** The literal beginning of the address: Liquid stands behind it only. */
function originOf({ request }: ServiceDefinition): string {
  return readTargetUrl(request.url.split(/[{?#]/)[0] ?? '')?.origin ?? '';
}

/** A stored secret goes only where it was entered for: else whoever may change the address could have it sent to his own. */
function keepSecret({ definition, secret }: ServiceRecord, wanted: ServiceDefinition): SealedText | undefined {
  if (wanted.secretHeader === '') return undefined;
  if (!secret) throw secretMissing();
  if (originOf(definition) !== originOf(wanted) || definition.secretHeader !== wanted.secretHeader)
    throw invalid('secret', 'Enter the secret again: the address or its header has changed');
  return secret;
}

async function unlessNameTaken<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isDuplicateKey(error))
      throw new AppError('name-taken', `There is already a service called ${name}`, {
        cause: error,
        details: { name },
      });
    throw error;
  }
}

function secretMissing(): AppError {
  return invalid('secret-missing', 'Enter the value of the secret header');
}

function notFound(id: string): AppError {
  return new AppError('not-found', `There is no service ${id}`, { details: { what: 'service' } });
}

function invalid(problem: string, message: string): AppError {
  return new AppError('service-invalid', message, { details: { problem } });
}
