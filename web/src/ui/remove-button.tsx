import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';

interface RemoveButtonProps {
  /** What it is read out as: it names what goes. */
  label: string;
  onClick: () => void;
}

/** Takes one entry out of a form; saving the form makes it so, so nothing asks before. */
export function RemoveButton({ label, onClick }: RemoveButtonProps) {
  return (
    <Button
      type="text"
      size="small"
      icon={<CloseOutlined aria-hidden />}
      aria-label={label}
      title={label}
      onClick={onClick}
    />
  );
}
