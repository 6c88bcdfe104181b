/** What is wrong with a template, one sentence each. */
export class TemplateUnsound extends Error {
  readonly sentences: readonly string[];

  constructor(sentences: readonly string[], cause?: unknown) {
    super(sentences.join('\n'), { cause });
    this.sentences = sentences;
  }
}
