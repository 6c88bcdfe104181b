/** The parts of a semantic version (https://semver.org, 2.0.0) without pre-releases: what is published is meant to be used. */
export interface SemanticVersion {
  major: number;
  minor: number;
  patch: number;
}

export const VERSION_PATTERN = '^(0|[1-9]\\d{0,3})\\.(0|[1-9]\\d{0,3})\\.(0|[1-9]\\d{0,3})$';

/** Undefined for a text that is no version. */
export function readVersion(text: string): SemanticVersion | undefined {
  if (!new RegExp(VERSION_PATTERN).test(text)) return undefined;
  const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number);
  return { major, minor, patch };
}

/** Negative where `a` is older. Texts that are no versions come first. */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [readVersion(a), readVersion(b)];
  if (!one || !other) return Number(one !== undefined) - Number(other !== undefined);
  return one.major - other.major || one.minor - other.minor || one.patch - other.patch;
}

const SEPARATOR = '@';

/**
 * The kind of a published template: `loyalty-tier@1.2.0`. Each version is a kind of its own that never changes, so whatever
 * looks up the kind of a node finds the version that its flow was drawn with.
 */
export function kindOfTemplate(name: string, version: string): string {
  return `${name}${SEPARATOR}${version}`;
}

/** Name and version of a template's kind; undefined for a built-in one, which has no version in its name. */
export function readTemplateKind(kind: string): { name: string; version: string } | undefined {
  const at = kind.indexOf(SEPARATOR);
  return at < 0 ? undefined : { name: kind.slice(0, at), version: kind.slice(at + 1) };
}

/** What the versions of a kind have in common; also the stem of ids made for its nodes. */
export function familyOf(kind: string): string {
  return readTemplateKind(kind)?.name ?? kind;
}

/**
 * Whether a run that stands at a node of the one kind may go on at a node of the other: the same kind, or versions of one
 * template with the same major number, which promise the same ports and to understand each other's memory (RUN-5).
 */
export function isSameKind(a: string, b: string): boolean {
  if (a === b) return true;
  const [one, other] = [readTemplateKind(a), readTemplateKind(b)];
  if (!one || !other || one.name !== other.name) return false;
  return readVersion(one.version)?.major === readVersion(other.version)?.major;
}
