import { Dropdown, type MenuProps } from 'antd';
import { type ReactElement, useState } from 'react';

/** A menu that is open from the start, below its button; the button opens and closes it from then on. */
export function OpenedMenu({ menu, button }: { menu: MenuProps; button: ReactElement }) {
  const [isOpen, setOpen] = useState(true);
  return (
    <Dropdown trigger={['click']} autoFocus menu={menu} open={isOpen} onOpenChange={setOpen}>
      {button}
    </Dropdown>
  );
}
