import { AppError } from '@sluice/shared/errors';

/** Why a file is no table that can be read. */
export function unreadable(english: string, chinese: string, cause?: unknown): AppError {
  return new AppError('import-file-unreadable', `The file cannot be read as a table. ${english}`, {
    cause,
    details: { problem: { 'en-US': english, 'zh-CN': chinese } },
  });
}
