import { describeConditionReason } from '@sluice/shared/condition';
import { fillText, type Reason, RUN_REASON_TEXTS } from '@sluice/shared/model';
import { nodeReasonTexts } from '@sluice/templates/texts';
import { useNameReading } from '../../audiences/use-audience-names.ts';
import { useLanguage } from '../../i18n/locale-provider.tsx';
import { nodeKinds } from '../../plans/node-kinds.ts';
import { useNodeKinds } from '../../plans/use-node-kinds.ts';

/** Why a step or a delivery ended the way it did, in the language on screen; an unknown code shows itself. */
export function useReasonText(): (reason: Reason) => string {
  const language = useLanguage();
  const names = useNameReading();
  useNodeKinds();
  return (reason) => {
    const ofCondition = describeConditionReason(reason, language, names);
    if (ofCondition) return ofCondition;
    const text =
      nodeReasonTexts(language)[reason.code] ??
      RUN_REASON_TEXTS[language][reason.code] ??
      nodeKinds.find(reason.code.split(':')[0] ?? '')?.texts[language].reasons[reason.code];
    return text ? fillText(text, reason.values) : reason.code;
  };
}
