import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { Condition } from '@sluice/shared/condition';
import { ErrorReply } from '@sluice/shared/http-api';
import type { FastifyInstance, FastifyRequest, FastifySchema } from 'fastify';
import { type CallerSource, establishCaller, readAccessToken } from './caller.ts';
import { readSessionToken, SESSION_COOKIE } from './session-cookie.ts';

/** OpenAPI 3.1 at /api/openapi.json and its reader at /api/docs, generated from the contracts; both need a session. */
export async function registerApiDocs(
  app: FastifyInstance,
  options: { version: string; callers: CallerSource },
): Promise<void> {
  await app.register(swagger, {
    hideUntagged: true,
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Sluice', version: options.version, description: 'User operations: data, flows and results.' },
      components: {
        schemas: { Condition: toComponent(Condition), ErrorReply: ErrorReply as object },
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
          accessToken: { type: 'http', scheme: 'bearer', description: 'Acts as the account it belongs to.' },
          writeKey: { type: 'http', scheme: 'basic', description: 'The write key is the user name.' },
        },
      },
    },
    transform: ({ schema, url }) => ({ schema: withErrorReply(rewriteReferences(schema) as FastifySchema), url }),
  });
  const onRequest = async (request: FastifyRequest) => {
    const credentials = {
      sessionToken: readSessionToken(request),
      writeKey: undefined,
      accessToken: readAccessToken(request),
    };
    await establishCaller('signed-in', credentials, options.callers);
  };
  app.get('/api/openapi.json', { onRequest }, async () => app.swagger());
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: true,
    // The reader sets style attributes; and over plain HTTP on a local network the upgrade would break the page.
    transformStaticCSP: (policy) =>
      policy
        .replace(' upgrade-insecure-requests;', '')
        .replace("style-src 'self' https:", "style-src 'self' 'unsafe-inline'"),
    // Without the bar of its maker, which asks for the address of another document.
    uiConfig: { layout: 'BaseLayout' },
    theme: { title: 'Sluice API' },
    uiHooks: { onRequest },
  });
}

/** The recursive schema without its own `$defs` and `$id`: as a component it is referred to by its place in the document. */
function toComponent(schema: object): object {
  const { Condition: body } = (schema as { $defs: { Condition: object } }).$defs;
  return rewriteReferences(body) as object;
}

function rewriteReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewriteReferences);
  if (typeof value !== 'object' || value === null) return value;
  const schema = value as Record<string, unknown>;
  if (schema.$ref === 'Condition') return { $ref: '#/components/schemas/Condition' };
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => key !== '$id')
      .map(([key, item]) => [key, rewriteReferences(item)]),
  );
}

function withErrorReply(schema: FastifySchema | undefined): FastifySchema {
  const response = (schema?.response ?? {}) as object;
  return { ...schema, response: { ...response, default: { $ref: '#/components/schemas/ErrorReply' } } };
}
