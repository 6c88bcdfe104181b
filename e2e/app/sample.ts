/** One arm of the sample with what is true of its members above the audience's bound. */
export interface ArmTruth {
  targeted: number;
  visits: number;
  conversions: number;
  spend: number;
}

export interface SampleRow {
  userId: string;
  segment: string;
  history: number;
  hasVisited: boolean;
  /** 0 for those who bought nothing. */
  spend: number;
}

export const SEGMENTS = ['Mens E-Mail', 'Womens E-Mail', 'No E-Mail'] as const;
export const HISTORY_BOUND = 100;
const HEAD = 'recency,history_segment,history,mens,womens,zip_code,newbie,channel,segment,visit,conversion,spend';

/** Rows in the shape of the Hillstrom file: the columns, the three arms, and outcomes that differ by arm. */
export function createSample(size: number): SampleRow[] {
  return Array.from({ length: size }, (_, index) => {
    const arm = index % SEGMENTS.length;
    const member = Math.floor(index / SEGMENTS.length);
    const every = arm + 4;
    const hasVisited = member % every === 0;
    const hasBought = hasVisited && (member / every) % (arm + 3) === 0;
    return {
      userId: `user-${index + 1}`,
      segment: SEGMENTS[arm] ?? '',
      // Steps that share no factor with the arms, so that each arm holds people on both sides of the bound.
      history: 30 + ((index * 37) % 400) + 0.42,
      hasVisited,
      spend: hasBought ? 40 - arm * 5 + 0.5 : 0,
    };
  });
}

/** The file as an operator has it: no id, no address; `badRow` is added as it stands. */
export function sampleCsv(rows: readonly SampleRow[], badRow?: string): string {
  const lines = rows.map(({ history, segment, hasVisited, spend }, index) =>
    [
      (index % 12) + 1,
      history > 350 ? '4) $350 - $500' : '2) $100 - $200',
      history,
      index % 2,
      (index + 1) % 2,
      ['Urban', 'Surburban', 'Rural'][index % 3],
      index % 2,
      ['Web', 'Phone', 'Multichannel'][Math.floor(index / 3) % 3],
      segment,
      Number(hasVisited),
      Number(spend > 0),
      spend,
    ].join(','),
  );
  return [HEAD, ...lines, ...(badRow === undefined ? [] : [badRow]), ''].join('\n');
}

export function isInAudience({ history }: SampleRow): boolean {
  return history > HISTORY_BOUND;
}

/** What the funnel must show for an arm once every outcome has been sent in. */
export function truthOf(rows: readonly SampleRow[], segment: string): ArmTruth {
  const members = rows.filter((row) => row.segment === segment && isInAudience(row));
  return {
    targeted: members.length,
    visits: members.filter(({ hasVisited }) => hasVisited).length,
    conversions: members.filter(({ spend }) => spend > 0).length,
    spend: members.reduce((sum, { spend }) => sum + spend, 0),
  };
}

/** The outcomes as calls of the Segment spec; who is outside the audience visits too, and must not be counted. */
export function outcomesOf(rows: readonly SampleRow[]): object[] {
  const track = (userId: string, event: string, properties = {}) => ({
    type: 'track',
    userId,
    event,
    messageId: `${event}-${userId}`,
    properties,
  });
  return rows.flatMap(({ userId, hasVisited, spend }) => [
    ...(hasVisited ? [track(userId, 'visit')] : []),
    ...(spend > 0 ? [track(userId, 'conversion', { spend })] : []),
  ]);
}
