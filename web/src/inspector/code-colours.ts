import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';

/** Words of code in colours of the theme: they follow it by themselves, and are readable on the light and the dark ground. */
export const codeColours = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.keyword, tags.tagName, tags.modifier], color: 'var(--category-control-text)' },
    { tag: [tags.string, tags.attributeValue, tags.special(tags.string)], color: 'var(--category-trigger-text)' },
    { tag: [tags.number, tags.bool, tags.null, tags.atom, tags.regexp], color: 'var(--category-condition-text)' },
    {
      tag: [tags.attributeName, tags.propertyName, tags.typeName, tags.function(tags.variableName)],
      color: 'var(--category-action-text)',
    },
    { tag: [tags.comment, tags.meta, tags.processingInstruction], color: 'var(--color-text-secondary)' },
    { tag: tags.comment, fontStyle: 'italic' },
    { tag: tags.invalid, color: 'var(--color-danger)' },
  ]),
);
