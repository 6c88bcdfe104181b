import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button } from 'antd';

interface OrderButtonsProps {
  /** What each is read out as; each names the entry that it moves. */
  names: Readonly<Record<'up' | 'down', string> & { remove?: string }>;
  /** Absent where the entry cannot go that way, or not now; without a name for `remove` it never can. */
  onUp?: (() => void) | undefined;
  onDown?: (() => void) | undefined;
  onRemove?: (() => void) | undefined;
}

/** Moves an entry of a list up or down, or takes it out. */
export function OrderButtons({ names, onUp, onDown, onRemove }: OrderButtonsProps) {
  return (
    <>
      <Button
        type="text"
        size="small"
        disabled={!onUp}
        icon={<ArrowUpOutlined aria-hidden />}
        aria-label={names.up}
        title={names.up}
        onClick={onUp}
      />
      <Button
        type="text"
        size="small"
        disabled={!onDown}
        icon={<ArrowDownOutlined aria-hidden />}
        aria-label={names.down}
        title={names.down}
        onClick={onDown}
      />
      {names.remove !== undefined && (
        <Button
          type="text"
          size="small"
          danger
          disabled={!onRemove}
          icon={<DeleteOutlined aria-hidden />}
          aria-label={names.remove}
          title={names.remove}
          onClick={onRemove}
        />
      )}
    </>
  );
}
