import { Tooltip } from 'antd';
import { useFormat } from './format/use-format.ts';
import { useNow } from './use-now.ts';

/** An instant: relative within a day, absolute beyond, the exact time with its zone on hover. */
export function Moment({ at }: { at: string | number }) {
  const format = useFormat();
  const nowMs = useNow();
  return (
    <Tooltip title={format.exact(at)}>
      <time dateTime={new Date(at).toISOString()}>{format.moment(at, nowMs)}</time>
    </Tooltip>
  );
}
