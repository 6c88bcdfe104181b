import type { Graph } from '@sluice/shared/graph';
import type { Assertion } from '@sluice/shared/http-api';
import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDistinctTitles } from '../editing/distinct-titles.ts';
import type { NodeWords } from '../editing/use-node-words.ts';
import { type NodeCatalog, portsOf } from '../editor/catalog.ts';
import { RemovableRow } from '../ui/removable-row.tsx';
import { ASSERTION_KINDS, assertionOfKind, firstPort } from './assertions.ts';
import styles from './sandbox.module.css';
import { SpanField } from './span-field.tsx';

interface AssertionFieldsProps {
  graph: Graph;
  catalog: NodeCatalog;
  words: NodeWords;
  value: Assertion;
  onChange: (assertion: Assertion | null) => void;
}

/** One thing that must be true of the dry run. */
export function AssertionFields({ graph, catalog, words, value, onChange }: AssertionFieldsProps) {
  const { t } = useTranslation('sandbox');
  const node = 'node' in value ? value.node : undefined;
  const isGone = node !== undefined && !graph.nodes.some(({ id }) => id === node);
  return (
    <div className={styles.nested}>
      <RemovableRow removeLabel={t('cases.removeAssertion')} onRemove={() => onChange(null)}>
        <Select<Assertion['kind']>
          className={styles.grow ?? ''}
          aria-label={t('cases.kind')}
          value={value.kind}
          options={ASSERTION_KINDS.map((kind) => ({ value: kind, label: t(`cases.kinds.${kind}`) }))}
          onChange={(kind) => onChange(assertionOfKind(kind, value, graph, catalog))}
        />
      </RemovableRow>
      {(value.kind === 'reaches' || value.kind === 'avoids' || value.kind === 'leaves' || value.kind === 'dealt') && (
        <NodeSelect
          {...{ graph, words, value: value.node, isGone }}
          onChange={(next) => onChange(moved(value, next, graph, catalog))}
        />
      )}
      {(value.kind === 'leaves' || value.kind === 'dealt') && !isGone && (
        <PortSelect
          {...{ graph, catalog, words, node: value.node }}
          value={value.kind === 'leaves' ? value.port : value.variant}
          onChange={(port) => onChange(value.kind === 'leaves' ? { ...value, port } : { ...value, variant: port })}
        />
      )}
      {(value.kind === 'receives' || value.kind === 'receives-not') && (
        <Input
          aria-label={t('cases.text')}
          placeholder={t(value.kind === 'receives' ? 'cases.anyMessage' : 'cases.noMessage')}
          maxLength={500}
          value={value.text ?? ''}
          onChange={(event) => onChange(withText(value, event.target.value))}
        />
      )}
      {value.kind === 'ends' && (
        <>
          <Input
            aria-label={t('cases.reason')}
            placeholder={t('cases.anyReason')}
            maxLength={500}
            value={value.reason ?? ''}
            onChange={(event) => onChange(withReason(value, event.target.value))}
          />
          <div className={styles.row}>
            <span className={styles.word}>{t('cases.within')}</span>
            <SpanField
              label={t('cases.within')}
              value={value.withinMs ?? 0}
              onChange={(withinMs) => onChange(withLimit(value, withinMs))}
            />
            <span className={styles.word}>{t('cases.zeroIsAny')}</span>
          </div>
        </>
      )}
    </div>
  );
}

type OfKind<K extends Assertion['kind']> = Extract<Assertion, { kind: K }>;

function moved(
  value: OfKind<'reaches'> | OfKind<'avoids'> | OfKind<'leaves'> | OfKind<'dealt'>,
  node: string,
  graph: Graph,
  catalog: NodeCatalog,
): Assertion {
  if (value.kind === 'leaves') return { ...value, node, port: firstPort(node, graph, catalog) };
  if (value.kind === 'dealt') return { ...value, node, variant: firstPort(node, graph, catalog) };
  return { ...value, node };
}

/** An empty text stands for none. */
function withText({ text: _old, ...rest }: OfKind<'receives'> | OfKind<'receives-not'>, text: string): Assertion {
  return text === '' ? rest : { ...rest, text };
}

function withReason({ reason: _old, ...rest }: OfKind<'ends'>, reason: string): Assertion {
  return reason === '' ? rest : { ...rest, reason };
}

function withLimit({ withinMs: _old, ...rest }: OfKind<'ends'>, withinMs: number): Assertion {
  return withinMs === 0 ? rest : { ...rest, withinMs };
}

interface NodeSelectProps {
  graph: Graph;
  words: NodeWords;
  value: string;
  isGone: boolean;
  onChange: (node: string) => void;
}

function NodeSelect({ graph, words, value, isGone, onChange }: NodeSelectProps) {
  const { t } = useTranslation('sandbox');
  const titleOf = useDistinctTitles(graph.nodes, words);
  return (
    <Select<string>
      className={styles.wide ?? ''}
      aria-label={t('cases.node')}
      value={value}
      {...(isGone && { status: 'error' as const })}
      showSearch={{ optionFilterProp: 'label' }}
      options={[
        ...(isGone ? [{ value, label: t('cases.goneNode', { node: value }) }] : []),
        ...graph.nodes.map((node) => ({ value: node.id, label: titleOf(node.id) })),
      ]}
      onChange={onChange}
    />
  );
}

interface PortSelectProps extends Omit<NodeSelectProps, 'isGone'> {
  catalog: NodeCatalog;
  node: string;
}

function PortSelect({ graph, catalog, words, node, value, onChange }: PortSelectProps) {
  const { t } = useTranslation('sandbox');
  const drawn = graph.nodes.find(({ id }) => id === node);
  const ports = drawn ? portsOf(catalog, drawn) : [];
  return (
    <Select<string>
      className={styles.wide ?? ''}
      aria-label={t('cases.port')}
      value={value}
      options={ports.map((port) => ({ value: port.id, label: drawn ? words.portLabelOf(drawn, port) : port.id }))}
      onChange={onChange}
    />
  );
}
