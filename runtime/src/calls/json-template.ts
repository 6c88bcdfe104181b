import { AppError } from '@sluice/shared/errors';
import type { Liquid } from 'liquidjs';
import { type LiquidTemplate, renderValue } from '../content/liquid-engine.ts';

type Write = (scope: object) => unknown;

/**
 * A JSON text whose string values may hold Liquid. It is parsed first and filled in value by value, so that no value can
 * break out of its quotes; a string that is one output and nothing else keeps the type of what it names: `"{{ profile.age }}"`
 * becomes a number, an unknown name null. `engine` must keep the type of a lone output;
 * `parse` makes its templates.
 */
export function compileJson(
  engine: Liquid,
  text: string,
  parse: (source: string) => LiquidTemplate,
): (scope: object) => string {
  const write = compileValue({ engine, parse }, readJson(text));
  return (scope) => JSON.stringify(write(scope));
}

interface Templates {
  engine: Liquid;
  parse: (source: string) => LiquidTemplate;
}

function compileValue(templates: Templates, value: unknown): Write {
  if (typeof value === 'string') return compileText(templates, value);
  if (Array.isArray(value)) {
    const items = value.map((item) => compileValue(templates, item));
    return (scope) => items.map((write) => write(scope));
  }
  if (value === null || typeof value !== 'object') return () => value;
  const fields = Object.entries(value).map(([name, field]) => [name, compileValue(templates, field)] as const);
  return (scope) => Object.fromEntries(fields.map(([name, write]) => [name, write(scope)]));
}

function compileText({ engine, parse }: Templates, text: string): Write {
  if (!/\{[{%]/.test(text)) return () => text;
  const template = parse(text);
  return (scope) => renderValue(engine, template, scope, 'body') ?? null;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const reason = `The body is no JSON: ${(cause as Error).message}`;
    throw new AppError('request-invalid', reason, { cause, details: { problem: reason, field: 'body' } });
  }
}
