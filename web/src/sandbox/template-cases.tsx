import type { TemplateOrigin } from '@sluice/shared/graph';
import { api } from '@sluice/shared/http-api';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useHasRole } from '../access/session.ts';
import { useChange, useReply } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';

interface TemplateCasesProps {
  flowId: string;
  origin: TemplateOrigin;
  /** Names of the cases that the flow has. */
  known: readonly string[];
}

/**
 * Takes over the cases of the template that a flow was made from, those that the flow has not yet. They are offered and not
 * made with the flow: publishing waits for cases, and what was answered may rightly lead elsewhere.
 */
export function TemplateCases({ flowId, origin, known }: TemplateCasesProps) {
  const { t } = useTranslation('sandbox');
  const { template: templateId, version, locale } = origin;
  const mayTake = useHasRole('administrator', 'operator', 'developer', 'tester');
  const template = useReply(api.flowTemplates.getTemplate, { params: { templateId }, query: { version, locale } });
  const taking = useChange(api.cases.createCase, [api.cases.listCases]);
  const missing = (template.data?.cases ?? []).filter(({ name }) => !known.includes(name));
  if (missing.length === 0 || !mayTake) return null;

  async function take(): Promise<void> {
    // One after the other: whatever failed is offered again.
    for (const body of missing) await taking.mutateAsync({ params: { flowId }, body });
  }

  return (
    <>
      <Button loading={taking.isPending} onClick={() => void take().catch(() => {})}>
        {t('cases.fromTemplate', { count: missing.length })}
      </Button>
      {taking.error && <ErrorPanel error={taking.error} />}
    </>
  );
}
