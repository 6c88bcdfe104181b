import type { LiquidTemplate } from './liquid-engine.ts';

/** An e-mail as an operator writes it; every field may hold Liquid. */
export interface EmailContent {
  subject: string;
  mjml: string;
  preheader?: string;
}

/** An e-mail ready to be rendered for anyone. */
export interface CompiledEmail {
  subject: LiquidTemplate;
  html: LiquidTemplate;
  text: LiquidTemplate;
  /** The look-ups it names, as `<dataset>.<look-up>`. */
  lookups: readonly string[];
}

export interface RenderedEmail {
  /** One line, at most 500 characters. */
  subject: string;
  html: string;
  text: string;
}
