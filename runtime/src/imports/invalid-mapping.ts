import { AppError } from '@sluice/shared/errors';

/** Why a mapping fits no row of its file. */
export function invalidMapping(english: string, chinese: string): AppError {
  return new AppError('import-mapping-invalid', english, {
    details: { problem: { 'en-US': english, 'zh-CN': chinese } },
  });
}
