import type { ParamTexts } from '@sluice/shared/node-contract';
import type { Demand, TemplateChange, TemplateManifest } from '@sluice/shared/node-template';
import { useTranslation } from 'react-i18next';

/** What of a kind names things; a built manifest and a published one both have it. */
export interface Named {
  ports: Readonly<Record<string, string>>;
  params: Readonly<Record<string, ParamTexts>>;
}

/** Capabilities and changes of templates in the language on screen. */
export function useTemplateWords() {
  const { t } = useTranslation('nodeTemplates');
  const demand = ({ capability, of }: Demand, { params }: Named): string => {
    if (typeof of === 'object') {
      const chosen = t('chosenParam', { label: params[of.param]?.label ?? of.param });
      return t(`capabilities.${capability}`, { of: chosen });
    }
    const isAttribute = capability === 'readAttributes' || capability === 'writeAttributes';
    return t(`capabilities.${capability}`, { of: isAttribute ? t('quoted', { name: of }) : of });
  };
  return {
    demand,
    /** What is gone is named by the older version, everything else by the newer one. */
    change: (change: TemplateChange, before: Named, after: Named): string => {
      const { what } = change;
      const texts = /removed|dropped/.test(what) ? before : after;
      const name =
        'at' in change
          ? labelAt(texts.params, change.at)
          : 'port' in change
            ? (texts.ports[change.port] ?? change.port)
            : 'demand' in change
              ? demand(change.demand, texts)
              : '';
      return t(`changes.${what}`, { name });
    },
  };
}

/** A pointer into the params, a star for any item of a list, by the labels along its way: "Tiers · Points". */
function labelAt(params: Readonly<Record<string, ParamTexts>>, pointer: string): string {
  let fields: Readonly<Record<string, ParamTexts>> = params;
  const labels: string[] = [];
  for (const name of pointer.split('/').slice(1)) {
    if (name === '*') continue;
    const texts = fields[name];
    labels.push(texts?.label ?? name);
    fields = texts?.fields ?? {};
  }
  return labels.join(' · ');
}

export function namesOf({ texts }: Pick<TemplateManifest, 'texts'>, language: keyof TemplateManifest['texts']): Named {
  return texts[language];
}
