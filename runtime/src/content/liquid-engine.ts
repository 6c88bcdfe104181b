import { AppError } from '@sluice/shared/errors';
import { Liquid, LiquidError, type LiquidOptions, type Template } from 'liquidjs';
import { OpenPixelTag, trackedLinkTag } from './tracked-link-tag.ts';

/** Templates are written by operators and values come from anywhere: neither may hold a worker for long. */
const LIMITS = {
  /** Characters of one template. */
  parseLimit: 1_000_000,
  /** Milliseconds of one render. */
  renderLimit: 500,
  /** Cells that filters and loops of one render may allocate. */
  memoryLimit: 2_000_000,
};

/** Tags that read other files: an e-mail is complete in itself, and the file system is none of its business. */
const REFUSED_TAGS = ['include', 'render', 'layout', 'block'];

export type LiquidTemplate = Template[];

/** `html` escapes every output unless it ends in `| raw`; `text` writes values as they are. */
export interface LiquidEngines {
  html: Liquid;
  text: Liquid;
}

/** The engines of messages. Dates are shown in `timeZone` (IANA). */
export function createLiquidEngines(timeZone: string): LiquidEngines {
  const html = createLiquidEngine(timeZone, { outputEscape: 'escape' });
  const text = createLiquidEngine(timeZone);
  for (const engine of [html, text]) {
    engine.registerTag('tracked_link', trackedLinkTag({ isHtml: engine === html }));
    engine.registerTag('open_pixel', OpenPixelTag);
  }
  return { html, text };
}

/** One engine within the limits. Unknown filters are refused when parsed; unknown variables are empty. */
export function createLiquidEngine(
  timeZone: string,
  output: Pick<LiquidOptions, 'outputEscape' | 'keepOutputType'> = {},
): Liquid {
  const engine = new Liquid({
    ...LIMITS,
    ownPropertyOnly: true,
    strictFilters: true,
    timezoneOffset: timeZone,
    templates: {},
    ...output,
  });
  for (const tag of REFUSED_TAGS) delete engine.tags[tag];
  return engine;
}

/** Parses or throws `liquid-invalid` with the line and what is wrong. */
export function parseLiquid(engine: Liquid, source: string, field: string): LiquidTemplate {
  try {
    return engine.parse(source);
  } catch (error) {
    throw explainLiquidError(error, field);
  }
}

/** Renders at once; throws `liquid-invalid` when a value does not fit a filter or a limit is reached. */
export function renderLiquid(engine: Liquid, template: LiquidTemplate, scope: object, field: string): string {
  return renderValue(engine, template, scope, field) as string;
}

/** The same for an engine that keeps the type of a lone output: whatever the value is. */
export function renderValue(engine: Liquid, template: LiquidTemplate, scope: object, field: string): unknown {
  try {
    return engine.renderSync(template, scope) as unknown;
  } catch (error) {
    throw explainLiquidError(error, field);
  }
}

function explainLiquidError(error: unknown, field: string): AppError {
  // The engine's message ends in its own position and a listing; the first clause is the sentence.
  const sentence = (error as Error).message.replace(/, (line:\d+|file:)[\s\S]*$/, '');
  const [line] = LiquidError.is(error) ? error.token.getPosition() : [1];
  return new AppError('liquid-invalid', `Liquid in ${field}, line ${line}: ${sentence}`, {
    cause: error,
    details: { field, line, reason: sentence },
  });
}
