import { PlayCircleOutlined } from '@ant-design/icons';
import { api, type StatementCheck, type StatementSchema } from '@sluice/shared/http-api';
import { Button, Tooltip } from 'antd';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange, useReply } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { ResultTable } from './result-table.tsx';
import { SchemaList } from './schema-list.tsx';
import type { SqlHandle } from './sql-field.tsx';
import styles from './sql-page.module.css';
import { StatementAudience } from './statement-audience.tsx';

const SqlField = lazy(async () => ({ default: (await import('./sql-field.tsx')).SqlField }));
const SETTLE_MS = 400;
/** What was written last, so that a look at another page does not lose it. */
const KEPT = 'sluice.statement';

/** Asks in SQL: an editor that marks what is refused, the tables beside it, the first rows below. */
export function SqlPage() {
  const { t } = useTranslation('sql');
  const schema = useReply(api.statements.statementSchema, {}, { staleTime: Number.POSITIVE_INFINITY });
  if (schema.error)
    return (
      <Page title={t('title')}>
        <ErrorPanel error={schema.error} onRetry={() => void schema.refetch()} />
      </Page>
    );
  return schema.data ? <Workbench schema={schema.data} /> : <Loading />;
}

function Workbench({ schema }: { schema: StatementSchema }) {
  const { t } = useTranslation('sql');
  const language = useLanguage();
  const field = useRef<SqlHandle>(null);
  const [first] = useState(() => sessionStorage.getItem(KEPT) ?? t('example'));
  const [statement, setStatement] = useState(first);
  const [isSaving, setSaving] = useState(false);
  const run = useChange(api.statements.runStatement);
  const settled = useDebounced(statement, SETTLE_MS);
  const isBlank = settled.trim() === '';
  const check = useReply(api.statements.checkStatement, { body: { statement: settled } }, { enabled: !isBlank });
  const isCurrent = settled === statement && check.data !== undefined;
  const problem = isCurrent ? check.data.problem : null;
  const marked = useMemo(
    () => problem && { start: problem.start, end: problem.end, text: problem.reason[language] },
    [problem, language],
  );
  const change = (text: string) => {
    setStatement(text);
    sessionStorage.setItem(KEPT, text);
  };
  const start = () => {
    if (statement.trim() !== '' && !run.isPending) run.mutate({ body: { statement } });
  };
  const peopleColumn = isCurrent && !problem ? check.data.peopleColumn : null;
  return (
    <Page
      title={t('title')}
      hint={t('hint')}
      isFilled
      actions={
        <>
          <Tooltip title={peopleColumn === null ? t('saveNeedsPeople') : null}>
            <Button disabled={peopleColumn === null} onClick={() => setSaving(true)}>
              {t('save')}
            </Button>
          </Tooltip>
          <Tooltip title={t('runKey')}>
            <Button type="primary" icon={<PlayCircleOutlined aria-hidden />} loading={run.isPending} onClick={start}>
              {t('run')}
            </Button>
          </Tooltip>
        </>
      }
    >
      <div className={styles.bench}>
        <div className={styles.main}>
          <Suspense fallback={<Loading />}>
            <SqlField
              ref={field}
              label={t('editor')}
              first={first}
              schema={schema}
              problem={marked}
              onChange={change}
              onRun={start}
            />
          </Suspense>
          <Verdict check={isCurrent ? check.data : undefined} />
          {run.error && <ErrorPanel error={run.error} />}
          <ResultTable result={run.data} isRunning={run.isPending} />
        </div>
        <SchemaList schema={schema} onInsert={(text) => field.current?.insert(text)} />
      </div>
      {isSaving && peopleColumn !== null && (
        <StatementAudience statement={statement} column={peopleColumn} onClose={() => setSaving(false)} />
      )}
    </Page>
  );
}

/** What is wrong with the statement and where, while it is written. */
function Verdict({ check }: { check: StatementCheck | undefined }) {
  const { t } = useTranslation('sql');
  const language = useLanguage();
  const problem = check?.problem;
  const text = problem
    ? t('problem', { line: problem.line, column: problem.column, reason: problem.reason[language] })
    : t(check ? 'sound' : 'checking');
  return (
    <p className={styles.verdict} data-bad={Boolean(problem)} role="status">
      {text}
    </p>
  );
}
