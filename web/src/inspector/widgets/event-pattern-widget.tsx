import type { PropertyFilter } from '@sluice/shared/condition';
import { AutoComplete, Checkbox } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EditorContext } from '../../audiences/editor-context.ts';
import { PropertyFilters } from '../../audiences/property-filters.tsx';
import { useDictionary } from '../../audiences/use-dictionary.ts';
import type { WidgetProps } from '../widget.ts';
import { EventNameWidget } from './event-name-widget.tsx';
import styles from './widgets.module.css';

interface Same {
  property: string;
  of: string;
}

interface Pattern {
  event: string;
  where?: PropertyFilter[];
  same?: Same;
}

const BLANK: Pattern = { event: '' };

/** An event with filters over its properties and, where its schema allows, what ties it to this run. */
export function EventPatternWidget({ id, schema, value, isDisabled, isInvalid, describedBy, onChange }: WidgetProps) {
  const names = useDictionary();
  const facts = useMemo(
    () => ({ names, problems: [], isDisabled, isInRun: true, ownId: undefined }),
    [names, isDisabled],
  );
  const pattern = (value as Pattern | undefined) ?? BLANK;
  const properties = names.events.get(pattern.event)?.properties ?? {};
  const { where, same, ...bare } = pattern;
  const write = (next: Pattern) => onChange(next);
  return (
    <div className={styles.items}>
      <EventNameWidget
        id={id}
        value={pattern.event}
        isDisabled={isDisabled}
        isInvalid={isInvalid}
        describedBy={describedBy}
        // Filters name properties of the old event; the new one may not have them.
        onChange={(event) => write({ ...(same && { same }), event: String(event ?? '') })}
      />
      <EditorContext value={facts}>
        <PropertyFilters
          filters={where ?? []}
          properties={properties}
          onChange={(filters) =>
            write({ ...bare, ...(filters.length > 0 && { where: filters }), ...(same && { same }) })
          }
        />
      </EditorContext>
      {schema.properties?.['same'] && (
        <SameFields
          same={same}
          own={Object.keys(properties)}
          isDisabled={isDisabled}
          onChange={(next) => write({ ...bare, ...(where && { where }), ...(next && { same: next }) })}
        />
      )}
    </div>
  );
}

/** "its orderId is the id of the event that brought the person here". */
function SameFields({
  same,
  own,
  isDisabled,
  onChange,
}: {
  same: Same | undefined;
  own: readonly string[];
  isDisabled: boolean;
  onChange: (same: Same | undefined) => void;
}) {
  const { t } = useTranslation('inspector');
  return (
    <>
      <Checkbox
        checked={same !== undefined}
        disabled={isDisabled}
        onChange={({ target }) =>
          onChange(target.checked ? { property: own[0] ?? 'id', of: own[0] ?? 'id' } : undefined)
        }
      >
        {t('event.same')}
      </Checkbox>
      {same && (
        <div className={styles.row}>
          <AutoComplete
            className={styles.grow ?? ''}
            aria-label={t('event.property')}
            value={same.property}
            disabled={isDisabled}
            options={own.map((name) => ({ value: name }))}
            onChange={(property) => onChange({ ...same, property })}
          />
          <AutoComplete
            className={styles.grow ?? ''}
            aria-label={t('event.of')}
            value={same.of}
            disabled={isDisabled}
            options={own.map((name) => ({ value: name }))}
            onChange={(of) => onChange({ ...same, of })}
          />
        </div>
      )}
    </>
  );
}
