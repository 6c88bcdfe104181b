import { type ReactNode, useEffect, useRef, useState } from 'react';

interface ScrollAreaProps {
  /** What lies in it, for who comes by keyboard. */
  label: string;
  className: string | undefined;
  children: ReactNode;
}

/** What may be wider than its room and then scrolls: a place for the keyboard as long as there is something to scroll. */
export function ScrollArea({ label, className, children }: ScrollAreaProps) {
  const area = useRef<HTMLDivElement>(null);
  const [isTooWide, setTooWide] = useState(false);
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const watcher = new ResizeObserver(() => setTooWide(element.scrollWidth > element.clientWidth));
    watcher.observe(element);
    if (element.firstElementChild) watcher.observe(element.firstElementChild);
    return () => watcher.disconnect();
  }, []);
  return (
    <div ref={area} className={className} {...(isTooWide && { tabIndex: 0, role: 'region', 'aria-label': label })}>
      {children}
    </div>
  );
}
