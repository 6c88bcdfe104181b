/** Set with a change that somebody follows, in the same update; what a crash left so is looked at after the restart. */
export interface ProfileMark {
  /** Another one with each change, so that a later change is not taken for done with an earlier one. */
  version: string;
  /** Attributes that have changed; `NEW_PROFILE` for all of them. */
  names: string[];
  /** How many starts by flows led to it, at most; absent where no flow made the change. */
  depth?: number;
}

/** No attribute can have this name. */
export const NEW_PROFILE = '';

/** Says which changes are to be marked; made for one batch of writes. */
export interface ProfileMarker {
  /** Of these attributes of a profile that exists; undefined when nobody follows one of them. */
  markOf(names: Iterable<string>): ProfileMark | undefined;
  /** Of a profile that is being made; undefined when nobody follows newcomers. */
  newMark(): ProfileMark | undefined;
}

/** Whoever follows changes of profiles, as those who write them know it. */
export interface ProfileWatch {
  marker(): Promise<ProfileMarker>;
  /** Marked changes are stored. */
  wake(): void;
}

/** Works out attributes that follow from others, before anybody else looks at what has changed. */
export interface Deriver {
  /** The attributes from which others follow. */
  followed(): Promise<{ names: ReadonlySet<string>; isForNewcomers: boolean }>;
  /** Brings what follows up to date; twice is harmless. Answers the names that changed besides, by profile. */
  derive(marked: readonly { _id: string; unsettled: ProfileMark }[]): Promise<ReadonlyMap<string, readonly string[]>>;
}

/** The update of a mark for an update without a pipeline. */
export function markUpdate(mark: ProfileMark | undefined): {
  $set?: { 'unsettled.version': string };
  $addToSet?: { 'unsettled.names': { $each: string[] } };
} {
  if (!mark) return {};
  return { $set: { 'unsettled.version': mark.version }, $addToSet: { 'unsettled.names': { $each: mark.names } } };
}
