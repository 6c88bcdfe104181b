import { MongoClient } from 'mongodb';
import type { Requirement } from './spec-file.ts';

export interface ServerFacts {
  version: string;
  topology: 'single' | 'replicaset' | 'sharded';
}

export async function readServerFacts(url: string): Promise<ServerFacts> {
  const client = new MongoClient(url);
  try {
    const [{ version }, hello] = await Promise.all([
      client.db('admin').command({ buildInfo: 1 }),
      client.db('admin').command({ hello: 1 }),
    ]);
    const topology = hello['msg'] === 'isdbgrid' ? 'sharded' : hello['setName'] ? 'replicaset' : 'single';
    return { version: String(version), topology };
  } finally {
    await client.close();
  }
}

/** Undefined when one of the requirements is met, else a sentence about what the file asks for. */
export function isMet(
  requirements: readonly Requirement[] | undefined,
  { version, topology }: ServerFacts,
): string | undefined {
  if (!requirements?.length) return undefined;
  const isFit = requirements.some(
    ({ minServerVersion, maxServerVersion, topologies, serverless, auth }) =>
      (!minServerVersion || compareVersions(version, minServerVersion) >= 0) &&
      (!maxServerVersion || compareVersions(version, maxServerVersion) <= 0) &&
      (!topologies || topologies.includes(topology)) &&
      serverless !== 'require' &&
      auth !== true,
  );
  if (isFit) return undefined;
  const asked = requirements.map((requirement) => JSON.stringify(requirement)).join(' or ');
  return `the file itself asks for ${asked}; the server is ${version}, ${topology}`;
}

function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (x?.[i] ?? 0) - (i < (y?.length ?? 0) ? (y?.[i] ?? 0) : (x?.[i] ?? 0));
    if (difference !== 0) return difference;
  }
  return 0;
}
