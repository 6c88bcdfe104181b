import { type Logger, pino } from 'pino';

/** Structured log on standard output. Fields that may carry a secret are blanked wherever a line repeats a request or a setting. */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['password', 'token', 'key', 'url', 'headers', '*.password', '*.token', '*.key', '*.url', '*.headers'],
      censor: '***',
    },
  });
}
