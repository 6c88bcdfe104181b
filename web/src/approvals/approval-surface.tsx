import type { Approval } from '@sluice/shared/http-api';
import type { FlowDocument } from '../editor/flow-document.ts';
import { ComparisonView } from '../plans/comparison-view.tsx';
import { ApprovalFacts, ApprovalNote } from './approval-facts.tsx';

interface ApprovalSurfaceProps {
  request: Approval;
  from: FlowDocument;
  to: FlowDocument;
  /** Nothing was published before. */
  isFirst: boolean;
}

/** What would be published, drawn beside what is: the note first, what would happen below the differences. */
export function ApprovalSurface({ request, from, to, isFirst }: ApprovalSurfaceProps) {
  return (
    <ComparisonView
      from={from}
      to={to}
      isWithoutList={isFirst}
      below={<ApprovalFacts request={request} document={to} />}
    >
      <ApprovalNote request={request} />
    </ComparisonView>
  );
}
