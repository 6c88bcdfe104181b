const AsyncFunction = (async () => undefined).constructor as new (...parts: string[]) => unknown;

/**
 * Throws a SyntaxError for a text that is more than the body of one asynchronous function: the sandbox's engine would read
 * one that closes the function and goes on behind it, and run that before there is a limit. Here it is read, never run.
 */
export function assertIsBody(body: string, names: readonly string[]): void {
  void new AsyncFunction(...names, `"use strict";\n${body}`);
}

/** What keeps a text from being such a body, in the words of the engine; undefined when nothing does. */
export function problemOfBody(body: string, names: readonly string[] = []): string | undefined {
  try {
    assertIsBody(body, names);
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
    throw error;
  }
}
