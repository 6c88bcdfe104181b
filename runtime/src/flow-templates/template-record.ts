import type { Graph } from '@sluice/shared/graph';
import type { CaseContent, TemplateTextsByLocale } from '@sluice/shared/http-api';
import { LOCALES, type Locale } from '@sluice/shared/model';
import { declareCollection } from '../stores/database.ts';

/** One version of a template: inserting it publishes it, and nothing of it but `isArchived` ever changes. */
export interface TemplateVersionRecord {
  /** `templateId@version`, so that a version can exist once only. */
  _id: string;
  templateId: string;
  version: string;
  /** The version as a number, for sorting. */
  order: number;
  icon: string;
  texts: TemplateTextsByLocale;
  note: string;
  isBuiltIn: boolean;
  /** Of the newest version: the template is not offered. */
  isArchived: boolean;
  nodes: number;
  /** Graph and cases in each language as JSON text; those of a template made here are the same in all of them. */
  contentText: string;
  publishedAt: Date;
  publishedBy: string;
  /** The flow whose draft became this version; absent of the ready-made ones. */
  sourceFlow?: string;
}

export const templateVersions = declareCollection<TemplateVersionRecord>('flowTemplateVersions', [
  { key: { templateId: 1, order: -1 } },
]);

export interface TemplateContent {
  graph: Readonly<Record<Locale, Graph>>;
  cases: Readonly<Record<Locale, readonly CaseContent[]>>;
}

export function versionIdOf(templateId: string, version: string): string {
  return `${templateId}@${version}`;
}

/** Rises as `compareVersions` says: each part is below ten thousand. */
export function orderOf(version: string): number {
  return version.split('.').reduce((sum, part) => sum * 10_000 + Number(part), 0);
}

/** The same in every language. */
export function inEach<T>(value: T): Record<Locale, T> {
  return Object.fromEntries(LOCALES.map((locale) => [locale, value])) as Record<Locale, T>;
}

/** What this process wrote itself needs no second validation. */
export function readContent({ contentText }: Pick<TemplateVersionRecord, 'contentText'>): TemplateContent {
  return JSON.parse(contentText) as TemplateContent;
}
