import { fillText, type Locale } from '../model/locale.ts';
import type { Misfit } from './explain-misfit.ts';
import { MISFIT_TEXTS } from './misfit-texts.ts';

export function describeMisfit(misfit: Misfit, locale: Locale): string {
  return fillText(MISFIT_TEXTS[locale][misfit.code], { at: placeOf(misfit) || '/', what: misfit.what });
}

/** Where to look, as a JSON pointer: what is missing or surplus is named as part of where it would stand. */
export function placeOf({ code, path }: Misfit): string {
  return code === 'missing' || code === 'surplus' ? path.slice(0, path.lastIndexOf('/')) : path;
}
