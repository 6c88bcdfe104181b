import type { Problem } from '@sluice/shared/graph';
import { BodyFormat, CallHeader, CallMethod, checkRequest, type RequestTemplate } from '@sluice/shared/model';
import { defineNode } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Calls an address, at least once, always under the same key; goes on at once or waits for the answer. */
export const webhook = defineNode({
  kind: 'webhook',
  version: 1,
  category: 'action',
  icon: 'webhook',
  params: Type.Object(
    {
      method: CallMethod,
      url: Type.String({ maxLength: 2000, examples: ['https://shop.test/hooks/{{ user_id }}?a=1'] }),
      format: BodyFormat,
      body: Type.Optional(Type.String({ maxLength: 50_000, examples: ['{"user": "{{ user_id }}"}', ''] })),
      waits: Type.Boolean(),
      headers: Type.Optional(Type.Array(CallHeader, { maxItems: 30 })),
      timeoutMs: Type.Integer({ minimum: 1000, maximum: 30_000 }),
      maxAttempts: Type.Integer({ minimum: 1, maximum: 15 }),
    },
    { additionalProperties: false },
  ),
  defaults: {
    method: 'POST',
    url: '',
    format: 'json',
    body: '{\n  "user": "{{ user_id }}",\n  "email": "{{ profile.email }}"\n}',
    waits: false,
    timeoutMs: 10_000,
    maxAttempts: 6,
  },
  hints: {
    url: { widget: 'liquid' },
    format: { showWhen: { param: 'method', in: ['POST', 'PUT', 'PATCH', 'DELETE'] } },
    body: { widget: 'multiline', showWhen: { param: 'method', in: ['POST', 'PUT', 'PATCH', 'DELETE'] } },
    headers: { isAdvanced: true },
    timeoutMs: { widget: 'duration', isAdvanced: true },
    maxAttempts: { isAdvanced: true },
  },
  ports: ({ waits }) =>
    waits
      ? [
          { id: 'ok', label: 'ok' },
          { id: 'failed', label: 'failed' },
        ]
      : [{ id: 'next', label: 'next' }],
  summary: ({ method, url }) =>
    url.trim() === '' ? { key: 'noUrl' } : { key: 'call', values: { method, url: shorten(url.trim()) } },
  check: (params) =>
    checkRequest(requestOf(params)).map((found): Problem => {
      const place = { code: `webhook:${found.code}`, param: `/${found.at}` };
      if (found.at !== 'headers') return { ...place, severity: 'error' };
      const severity = found.code === 'header-secret' ? 'warning' : 'error';
      return { ...place, severity, param: `/headers/${found.index}/name`, values: { name: found.name } };
    }),
  canWait: true,
  call: ({ timeoutMs, maxAttempts, ...params }) => ({
    to: 'address',
    request: requestOf(params),
    timeoutMs,
    maxAttempts,
  }),
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});

function requestOf({
  method,
  url,
  format,
  headers = [],
  body = '',
}: Pick<RequestTemplate, 'method' | 'url' | 'format'> & Partial<RequestTemplate>): RequestTemplate {
  return { method, url, headers, format, body };
}

/** The host and the beginning of the path say which address is meant. */
function shorten(url: string): string {
  const bare = url.replace(/^https?:\/\//, '');
  return bare.length > 48 ? `${bare.slice(0, 47)}…` : bare;
}
