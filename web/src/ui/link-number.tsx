import { Link } from 'react-router';
import { useFormat } from './format/use-format.ts';

interface LinkNumberProps {
  value: number;
  to: string;
  /** What opens, for hover and screen readers: "Profiles that clicked". */
  opens: string;
}

/** A figure that can be opened. */
export function LinkNumber({ value, to, opens }: LinkNumberProps) {
  const format = useFormat();
  const text = format.count(value);
  return (
    <Link to={to} title={opens} aria-label={`${text}: ${opens}`}>
      {text}
    </Link>
  );
}
