import { CloseOutlined } from '@ant-design/icons';
import type { GraphNode } from '@sluice/shared/graph';
import { Alert, Button, Input } from 'antd';
import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { NodeIcon } from '../editing/node-icon.tsx';
import { type ReadableProblem, useNodeProblems } from '../editing/problems.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import { ExposeToggle } from '../templates/expose-toggle.tsx';
import { ExamplePersonChoice, ExamplePersonProvider } from './example-person.tsx';
import { Exposing } from './expose-context.ts';
import { NodeFieldSet } from './node-field-set.tsx';
import styles from './inspector.module.css';
import { JsonView } from './json-view.tsx';
import { KindVersion } from './kind-version.tsx';
import { Look } from './look.tsx';
import { ParamProblemsProvider } from './param-problems.tsx';
import { WaysOut } from './ways-out.tsx';
import { WhereUsed } from './where-used.tsx';
import { Widgets } from './widget.ts';
import { WIDGETS } from './widgets/widgets.ts';

/** The settings of the chosen node, as a form made from its kind's schema. */
export function Inspector() {
  const node = useEditorState(({ session, document }) => document.nodes[session.inspected ?? '']);
  // A form belongs to one node: nothing typed into one may end up in the next.
  return node && <NodeForm key={node.id} node={node} />;
}

function NodeForm({ node }: { node: GraphNode }) {
  const { t } = useTranslation('inspector');
  const editor = useEditor();
  const words = useNodeWords();
  const panel = useRef<HTMLElement>(null);
  const problems = useNodeProblems(node.id);
  const manifest = editor.catalog.find(node.kind);
  useFocusRequests(panel);
  return (
    <aside
      ref={panel}
      className={styles.inspector}
      aria-label={t('label', { node: words.titleOf(node) })}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        editor.run('dismiss');
        document.querySelector<HTMLElement>(`.react-flow__node[data-id="${node.id}"]`)?.focus();
      }}
    >
      <header className={styles.header} data-category={manifest?.category ?? 'unknown'}>
        <span className={styles.icon}>
          <NodeIcon name={manifest?.icon} />
        </span>
        <h2 className={styles.title}>{words.kindTitleOf(node.kind)}</h2>
        <JsonView node={node} />
        <Button
          type="text"
          icon={<CloseOutlined aria-hidden />}
          aria-label={t('close')}
          onClick={() => editor.run('dismiss')}
        />
      </header>
      <div className={styles.body}>
        <p className={styles.about}>{words.descriptionOf(node.kind)}</p>
        <Problems node={node} problems={problems.filter(({ param }) => param === undefined)} />
        <KindVersion node={node} />
        <NameField node={node} />
        {manifest ? (
          <ParamProblemsProvider value={problems}>
            <Widgets value={WIDGETS}>
              <Exposing value={{ node: node.id, Toggle: ExposeToggle }}>
                <ExamplePersonProvider>
                  <ExamplePersonChoice node={node} />
                  <Params node={node} />
                </ExamplePersonProvider>
              </Exposing>
            </Widgets>
          </ParamProblemsProvider>
        ) : (
          <p>{t('unknown', { kind: node.kind })}</p>
        )}
        <WhereUsed node={node} />
        <WaysOut node={node} />
        <Look node={node} />
      </div>
    </aside>
  );
}

/** A way out that leads nowhere; of several one sentence says all. */
const OPEN_PORT = 'open-port';

/** What is wrong with the node as a whole. */
function Problems({ node, problems }: { node: GraphNode; problems: readonly ReadableProblem[] }) {
  const { t } = useTranslation('inspector');
  const words = useNodeWords();
  const open = problems.filter(({ code }) => code === OPEN_PORT);
  const ports = open.map(({ values }) => t('ways.quoted', { port: words.portNameOf(node, String(values?.['port'])) }));
  const texts =
    open.length > 1
      ? [
          ...problems.filter(({ code }) => code !== OPEN_PORT).map(({ text }) => text),
          t('ways.open', { ports: ports.join(t('ways.comma')) }),
        ]
      : problems.map(({ text }) => text);
  const [first, ...others] = texts;
  if (first === undefined) return null;
  const type = problems.some(({ severity }) => severity === 'error') ? 'error' : 'warning';
  if (others.length === 0) return <Alert showIcon type={type} title={first} />;
  const list = (
    <ul className={styles.problems}>
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
  return <Alert type={type} title={list} />;
}

function NameField({ node }: { node: GraphNode }) {
  const { t } = useTranslation('inspector');
  const id = useId();
  const editor = useEditor();
  const words = useNodeWords();
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  return (
    <div className={styles.section}>
      <label htmlFor={id} className={styles.heading}>
        {t('name')}
      </label>
      <Input
        id={id}
        maxLength={120}
        placeholder={words.kindTitleOf(node.kind)}
        value={node.name ?? ''}
        disabled={isReadOnly}
        onChange={(event) => editor.run('rename-node', { node: node.id, name: event.target.value })}
        onBlur={() => editor.run('end-gesture')}
      />
    </div>
  );
}

function Params({ node }: { node: GraphNode }) {
  const { t } = useTranslation('inspector');
  const editor = useEditor();
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  const manifest = editor.catalog.find(node.kind);
  if (!manifest) return null;
  const { params: schema } = manifest;
  if (Object.keys(schema.properties).length === 0) return <p className={styles.about}>{t('noParams')}</p>;
  return <NodeFieldSet node={node} manifest={manifest} schema={schema} isDisabled={isReadOnly} />;
}

/** Puts the keyboard on the field that a problem points at, else on the first one, whenever that is asked for. */
function useFocusRequests(panel: React.RefObject<HTMLElement | null>): void {
  const requests = useEditorState(({ session }) => session.focusRequests);
  const param = useEditorState(({ session }) => session.inspectedParam);
  const answered = useRef(0);
  useEffect(() => {
    if (requests === answered.current) return;
    answered.current = requests;
    const field = param === null ? null : panel.current?.querySelector(`[data-pointer="${CSS.escape(param)}"]`);
    const inputs = 'input, textarea, select, button:not([aria-label])';
    const target = (field ?? panel.current)?.querySelector<HTMLElement>(inputs);
    target?.focus();
    target?.scrollIntoView({ block: 'nearest' });
  }, [requests, param, panel]);
}
