import { PostgreSQL, sql } from '@codemirror/lang-sql';
import { setDiagnostics } from '@codemirror/lint';
import type { StatementProblem, StatementSchema } from '@sluice/shared/http-api';
import { basicSetup, EditorView } from 'codemirror';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { codeColours } from '../inspector/code-colours.ts';
import styles from '../inspector/code-field.module.css';

export interface SqlHandle {
  /** Puts text in place of the selection. */
  insert(text: string): void;
}

interface SqlFieldProps {
  ref?: Ref<SqlHandle>;
  label: string;
  /** Taken once: while the field is open, it is itself the truth. */
  first: string;
  schema: StatementSchema;
  /** Marked in the text. */
  problem: (Pick<StatementProblem, 'start' | 'end'> & { text: string }) | null;
  onChange: (text: string) => void;
  onRun: () => void;
}

/** An editor of statements that colours, completes names of the schema, and marks what is refused. */
export function SqlField({ ref, label, first, schema, problem, onChange, onRun }: SqlFieldProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const text = useRef(first);
  const heard = useRef({ onChange, onRun });
  useEffect(() => {
    heard.current = { onChange, onRun };
  }, [onChange, onRun]);

  useEffect(() => {
    const tables = Object.fromEntries(
      schema.tables.map(({ name, columns }) => [name, columns.map((each) => each.name)]),
    );
    const created = new EditorView({
      doc: text.current,
      ...(host.current && { parent: host.current }),
      extensions: [
        // Before the usual keys, of which one would begin a new line.
        EditorView.domEventHandlers({
          keydown: (event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return false;
            heard.current.onRun();
            return true;
          },
        }),
        basicSetup,
        codeColours,
        sql({ dialect: PostgreSQL, schema: tables, upperCaseKeywords: true }),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) heard.current.onChange(update.state.doc.toString());
        }),
      ],
    });
    view.current = created;
    return () => {
      text.current = created.state.doc.toString();
      created.destroy();
    };
  }, [label, schema]);

  useEffect(() => {
    const shown = view.current;
    if (!shown) return;
    const { length } = shown.state.doc;
    // What is missing at the end is marked on the last character.
    const from = problem && Math.max(0, Math.min(problem.start, length - 1));
    const marks = problem
      ? [{ from: from ?? 0, to: Math.min(length, Math.max(problem.end, problem.start + 1)), message: problem.text }]
      : [];
    shown.dispatch(
      setDiagnostics(
        shown.state,
        marks.map((mark) => ({ ...mark, severity: 'error' as const })),
      ),
    );
  }, [problem]);

  useImperativeHandle(ref, () => ({
    insert: (inserted) => {
      view.current?.dispatch(view.current.state.replaceSelection(inserted));
      view.current?.focus();
    },
  }));
  return <div ref={host} className={styles.code} />;
}
