import { AppError } from '@sluice/shared/errors';
import {
  ATTRIBUTE_RIGHTS,
  type AttributeRights,
  type Attributes,
  DEFAULT_SENSITIVITY,
  type MaskKind,
  maskValue,
  type ReadLevel,
  type Role,
  type Sensitivity,
} from '@sluice/shared/model';

/** What the data dictionary says about the handling of an attribute. */
export interface AttributeHandling {
  sensitivity: Sensitivity;
  maskAs?: MaskKind | undefined;
}

/**
 * What one role sees of attributes and may do with them. Everything that hands values out (pages, lists, samples, exports,
 * queries) or takes attribute names in (conditions, messages, calls) asks here and nowhere else.
 */
export interface AttributeLens {
  rightsOf(name: string): AttributeRights;
  readLevel(name: string): ReadLevel;
  /** No attribute is masked for the role or hidden from it. */
  readonly seesAll: boolean;
  /** The attributes as the role may see them: masked ones in their masked form, hidden ones left out; and which are masked. */
  view(attributes: Readonly<Attributes>): { attributes: Attributes; masked: string[] };
  /** Of the names, those that the role may not use, each once. */
  refused(names: Iterable<string>): string[];
  /** The attributes of which the dictionary says so that the role may not use any. */
  refusedOfAll(): string[];
  /** Throws `attribute-not-allowed`, naming the attributes that the role may not use. */
  demandUse(names: Iterable<string>): void;
}

/** Lenses by role, over the dictionary as it was at most a second ago. */
export interface ReadLevels {
  of(role: Role): Promise<AttributeLens>;
}

export function createReadLevels(deps: {
  dictionary: { handling(): Promise<ReadonlyMap<string, AttributeHandling>> };
  /** How columns of datasets are to be handled, by keys that no attribute can have. */
  columns?: (ofAttributes: ReadonlyMap<string, AttributeHandling>) => Promise<ReadonlyMap<string, AttributeHandling>>;
}): ReadLevels {
  return {
    async of(role) {
      const attributes = await deps.dictionary.handling();
      const columns = (await deps.columns?.(attributes)) ?? [];
      return createLens(role, new Map([...attributes, ...columns]));
    },
  };
}

/** Pure. An attribute that the dictionary does not know has the sensitivity that all have at first. */
export function createLens(role: Role, handling: ReadonlyMap<string, AttributeHandling>): AttributeLens {
  const rightsOf = (name: string) => ATTRIBUTE_RIGHTS[role][handling.get(name)?.sensitivity ?? DEFAULT_SENSITIVITY];
  const refused = (names: Iterable<string>) => [...new Set(names)].filter((name) => !rightsOf(name).mayUse);
  return {
    rightsOf,
    readLevel: (name) => rightsOf(name).read,
    seesAll: [...handling.keys()].every((name) => rightsOf(name).read === 'plain'),
    view(attributes) {
      const shown: Attributes = {};
      const masked: string[] = [];
      for (const [name, value] of Object.entries(attributes)) {
        const { read } = rightsOf(name);
        if (read === 'hidden') continue;
        shown[name] = read === 'plain' ? value : maskValue(value, handling.get(name)?.maskAs);
        if (read === 'masked') masked.push(name);
      }
      return { attributes: shown, masked };
    },
    refused,
    refusedOfAll: () => refused(handling.keys()),
    demandUse(names) {
      const [first, ...others] = refused(names);
      if (first === undefined) return;
      const list = [first, ...others].join(', ');
      throw new AppError('attribute-not-allowed', `The role ${role} may not use ${list}`, {
        details: { names: list, role },
      });
    },
  };
}
