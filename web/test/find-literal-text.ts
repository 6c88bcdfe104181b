import { parseSync } from 'vite';

interface Node {
  type: string;
  [key: string]: unknown;
}

/** Attributes whose text people read or hear. */
const SPOKEN =
  /^(title|label|placeholder|alt|text|hint|extra|description|content|okText|cancelText|help|aria-(label|description|roledescription|valuetext))$/;

/** The literal texts that a component would show: in markup, in its expressions, and in attributes that are read out. */
export function findLiteralText(source: string): string[] {
  const found: string[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'JSXText') {
      const text = String(node.value).trim();
      if (/\p{L}{2,}/u.test(text)) found.push(text);
    } else if (node.type === 'JSXAttribute') {
      const name = (node.name as Node).name;
      if (typeof name === 'string' && SPOKEN.test(name)) found.push(...literalsOf(node.value).filter(isWording));
    } else if (node.type === 'JSXElement' || node.type === 'JSXFragment') {
      for (const child of node.children as Node[]) {
        if (child.type === 'JSXExpressionContainer') found.push(...literalsOf(child.expression).filter(isWording));
      }
    }
    for (const child of childrenOf(node)) visit(child);
  };
  visit(parseSync('component.tsx', source).program as unknown as Node);
  return found;
}

/** Strings that an expression may become; what a call makes of its arguments (a key of `t`) is not text. */
function literalsOf(value: unknown): string[] {
  if (!isNode(value)) return [];
  switch (value.type) {
    case 'Literal':
      return typeof value.value === 'string' ? [value.value] : [];
    case 'TemplateLiteral':
      return (value.quasis as { value: { cooked: string } }[]).map((quasi) => quasi.value.cooked);
    case 'JSXExpressionContainer':
      return literalsOf(value.expression);
    case 'ConditionalExpression':
      return [...literalsOf(value.consequent), ...literalsOf(value.alternate)];
    case 'LogicalExpression':
    case 'BinaryExpression':
      return value.operator === '+' || value.type === 'LogicalExpression'
        ? [...literalsOf(value.left), ...literalsOf(value.right)]
        : [];
    default:
      return [];
  }
}

/** Words of a language, as against a name, an address or an example: a space between words, a capital, or no ASCII. */
function isWording(text: string): boolean {
  if (!/\p{L}{2,}/u.test(text)) return false;
  return (
    /^\p{Lu}\p{Ll}/u.test(text.trim()) || /\p{L}{2,} \p{L}/u.test(text) || /[^\p{ASCII}\p{P}\p{S}\p{Z}]/u.test(text)
  );
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap((value) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );
}
