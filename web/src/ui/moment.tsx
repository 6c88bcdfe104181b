import { Tooltip } from 'antd';
import { useFormat } from './format/use-format.ts';
import { useNow } from './use-now.ts';

/** The shared now moves on in steps: what has just happened may lie ahead of it, and must not read as the future. */
const AHEAD_MS = 15_000;

/** An instant: relative within a day, absolute beyond, the exact time with its zone on hover. */
export function Moment({ at }: { at: string | number }) {
  const format = useFormat();
  const sharedNowMs = useNow();
  const aheadMs = new Date(at).getTime() - sharedNowMs;
  const nowMs = aheadMs > 0 && aheadMs < AHEAD_MS ? sharedNowMs + aheadMs : sharedNowMs;
  return (
    <Tooltip title={format.exact(at)}>
      <time dateTime={new Date(at).toISOString()}>{format.moment(at, nowMs)}</time>
    </Tooltip>
  );
}
