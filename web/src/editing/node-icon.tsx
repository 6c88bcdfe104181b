import {
  ApiOutlined,
  CalendarOutlined,
  ClockCircleOutlined,
  CloudServerOutlined,
  CodeOutlined,
  ContactsOutlined,
  EditOutlined,
  FieldTimeOutlined,
  FilterOutlined,
  FlagOutlined,
  MailOutlined,
  QuestionCircleOutlined,
  SisternodeOutlined,
  SunOutlined,
  TagOutlined,
  TagsOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';

/** The icons that a manifest may name. */
const ICONS: Readonly<Record<string, ComponentType>> = {
  audience: ContactsOutlined,
  calendar: CalendarOutlined,
  clock: ClockCircleOutlined,
  code: CodeOutlined,
  edit: EditOutlined,
  filter: FilterOutlined,
  flag: FlagOutlined,
  mail: MailOutlined,
  service: CloudServerOutlined,
  split: SisternodeOutlined,
  sun: SunOutlined,
  tag: TagOutlined,
  tags: TagsOutlined,
  until: FieldTimeOutlined,
  webhook: ApiOutlined,
};

/** A kind's icon; decoration, its name always stands beside it. */
export function NodeIcon({ name }: { name: string | undefined }) {
  const Icon = ICONS[name ?? ''] ?? QuestionCircleOutlined;
  return (
    <span aria-hidden>
      <Icon />
    </span>
  );
}
