import { javascript, javascriptLanguage } from '@codemirror/lang-javascript';
import { LanguageSupport } from '@codemirror/language';
import { xml } from '@codemirror/lang-xml';
import { basicSetup, EditorView } from 'codemirror';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { codeColours } from './code-colours.ts';
import styles from './code-field.module.css';
import { MJML_ELEMENTS } from './mjml-elements.ts';

export interface CodeHandle {
  /** Puts text in place of the selection. */
  insert(text: string): void;
}

const LANGUAGES = {
  mjml: () => xml({ elements: MJML_ELEMENTS }),
  javascript: () => javascript(),
  // JSON is an expression of JavaScript, and needs no grammar of its own.
  json: () => new LanguageSupport(javascriptLanguage.configure({ top: 'SingleExpression' })),
} as const;

interface CodeFieldProps {
  ref?: Ref<CodeHandle>;
  language: keyof typeof LANGUAGES;
  label: string;
  text: string;
  isReadOnly: boolean;
  onChange: (text: string) => void;
}

/** A code editor. The text it starts with is taken once: while it is open, the field itself is the truth. */
export function CodeField({ ref, language, label, text, isReadOnly, onChange }: CodeFieldProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const change = useRef(onChange);
  const first = useRef(text);
  useEffect(() => {
    change.current = onChange;
  }, [onChange]);

  useEffect(() => {
    const created = new EditorView({
      doc: first.current,
      ...(host.current && { parent: host.current }),
      extensions: [
        basicSetup,
        codeColours,
        LANGUAGES[language](),
        EditorView.lineWrapping,
        EditorView.editable.of(!isReadOnly),
        EditorView.contentAttributes.of({ 'aria-label': label }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) change.current(update.state.doc.toString());
        }),
      ],
    });
    view.current = created;
    return () => {
      first.current = created.state.doc.toString();
      created.destroy();
    };
  }, [isReadOnly, label, language]);

  useImperativeHandle(ref, () => ({
    insert: (text) => {
      view.current?.dispatch(view.current.state.replaceSelection(text));
      view.current?.focus();
    },
  }));
  return <div ref={host} className={styles.code} />;
}
