import { Tooltip } from 'antd';
import { useFormat } from './format/use-format.ts';

/** A percentage; the two counts it comes from stand on hover. */
export function Share({ part, whole }: { part: number; whole: number }) {
  const format = useFormat();
  return (
    <Tooltip title={`${format.count(part)} / ${format.count(whole)}`}>
      <span>{format.share(part, whole)}</span>
    </Tooltip>
  );
}
