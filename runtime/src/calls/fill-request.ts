import { AppError } from '@sluice/shared/errors';
import { type BodyFormat, isOwnHeader, type RequestTemplate } from '@sluice/shared/model';
import type { EventFacts, WrittenRequest } from '@sluice/shared/node-contract';
import type { Liquid } from 'liquidjs';
import { createLiquidEngine, type LiquidTemplate, parseLiquid, renderLiquid } from '../content/liquid-engine.ts';
import { namedLookups } from '../content/named-lookups.ts';
import { type TemplateFacts, templateScope } from '../content/template-scope.ts';
import { readTargetUrl } from '../outbound/target-url.ts';
import type { FilledRequest } from './call-record.ts';
import { compileJson } from './json-template.ts';

export interface CallFacts extends TemplateFacts {
  event?: EventFacts | undefined;
  /** Of a step that writes out its requests itself. */
  written?: WrittenRequest | undefined;
}

/** A template made ready to be filled in for anyone, once the rows of its look-ups are read. */
export interface CompiledRequest {
  (facts: CallFacts): FilledRequest;
  /** As `<dataset>.<look-up>`, each once. */
  lookups: readonly string[];
}

/** Fills requests in. Throws `liquid-invalid` or `request-invalid` for what the author or the data made unsound. */
export interface RequestFiller {
  compile(template: RequestTemplate): CompiledRequest;
  /** Takes what a step has written out, if it goes to one of these hosts; there is nothing to fill in. */
  takeWritten(hosts: readonly string[]): CompiledRequest;
}

type Parse = (engine: Liquid, source: string, field: string) => LiquidTemplate;

const CONTENT_TYPES: Record<BodyFormat, string> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  text: 'text/plain; charset=utf-8',
};
const MAX_BODY = 200_000;

export function createRequestFiller(timeZone: string): RequestFiller {
  const text = createLiquidEngine(timeZone);
  const address = createLiquidEngine(timeZone, { outputEscape: escapeSegment });
  const form = createLiquidEngine(timeZone, { outputEscape: (value) => encodeURIComponent(asText(value)) });
  const typed = createLiquidEngine(timeZone, { keepOutputType: true });

  return {
    compile({ method, url, headers, format, body }) {
      const lookups = new Set<string>();
      const parse: Parse = (engine, source, field) => {
        const template = parseLiquid(engine, source, field);
        for (const lookup of namedLookups(engine, template)) lookups.add(lookup);
        return template;
      };
      const urlTemplate = parse(address, url, 'url');
      const headerTemplates = headers
        .filter(({ name }) => isOwnHeader(name))
        .map(({ name, value }) => ({ name: name.toLowerCase(), value: parse(text, value, 'headers') }));
      const hasBody = method !== 'GET' && body.trim() !== '';
      const writeBody = hasBody ? compileBody(format, body, parse) : undefined;
      const fillIn = (facts: CallFacts): FilledRequest => {
        const scope = scopeOf(facts);
        const filled: FilledRequest = {
          method,
          url: readUrl(renderLiquid(address, urlTemplate, scope, 'url')),
          headers: {},
        };
        for (const { name, value } of headerTemplates)
          filled.headers[name] = readHeader(name, renderLiquid(text, value, scope, 'headers'));
        if (!writeBody) return filled;
        filled.headers['content-type'] = CONTENT_TYPES[format];
        filled.body = writeBody(scope);
        if (filled.body.length > MAX_BODY) throw invalid(`The body has more than ${MAX_BODY} characters`);
        return filled;
      };
      return Object.assign(fillIn, { lookups: [...lookups] });
    },
    takeWritten: (hosts) => Object.assign((facts: CallFacts) => readWritten(facts.written, hosts), { lookups: [] }),
  };

  function compileBody(format: BodyFormat, body: string, parse: Parse): (scope: object) => string {
    if (format === 'json') return compileJson(typed, body, (source) => parse(typed, source, 'body'));
    const engine = format === 'form' ? form : text;
    const template = parse(engine, body, 'body');
    return (scope) => renderLiquid(engine, template, scope, 'body');
  }
}

function scopeOf({ event, ...facts }: CallFacts): object {
  const scope = templateScope(facts);
  if (event) scope['event'] = { ...event, at: new Date(event.at).toISOString() };
  return scope;
}

/** Looked at once more where it leaves: a grant may have changed since the step was taken. */
function readWritten(written: WrittenRequest | undefined, hosts: readonly string[]): FilledRequest {
  if (!written) throw invalid('The step wrote out no request');
  const url = readUrl(written.url);
  const { host } = new URL(url);
  if (!hosts.includes(host)) throw invalid(`Calls to ${host} are not granted`);
  const headers = Object.entries(written.headers)
    .filter(([name]) => isOwnHeader(name))
    .map(([name, value]) => [name.toLowerCase(), readHeader(name, value)] as const);
  const { method, body } = written;
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': CONTENT_TYPES.json };
  return { method, url, headers: { ...type, ...Object.fromEntries(headers) }, ...(body !== undefined && { body }) };
}

function readUrl(text: string): string {
  const url = readTargetUrl(text.trim());
  if (!url) throw invalid(`"${text.slice(0, 200)}" is no http or https address`);
  return url.href;
}

/** Whatever a value holds it stays one segment, or one value of the query. */
function escapeSegment(value: unknown): string {
  const text = asText(value);
  // Dots are not encoded, and encoded ones count as dots: such a value would walk up the path.
  if (/^\.{1,2}$/.test(text)) throw new Error(`"${text}" may not stand in an address`);
  return encodeURIComponent(text);
}

/** Header values are Latin-1 without line breaks (RFC 9110 section 5.5); what a value brings beyond that is encoded. */
function readHeader(name: string, value: string): string {
  const line = value.replace(/[\p{Cc}]+/gu, ' ').trim();
  if (line.length > 4000) throw invalid(`The header ${name} has more than 4000 characters`);
  // oxlint-disable-next-line no-control-regex -- control characters are gone; this is the Latin-1 test
  return /^[\u0000-\u00ff]*$/.test(line) ? line : encodeURIComponent(line);
}

function asText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

function invalid(message: string): AppError {
  return new AppError('request-invalid', message, { details: { problem: message } });
}
