import {
  ApiOutlined,
  ApartmentOutlined,
  BranchesOutlined,
  CalendarOutlined,
  ClockCircleOutlined,
  CloudServerOutlined,
  CodeOutlined,
  ContactsOutlined,
  DashboardOutlined,
  EditOutlined,
  FieldTimeOutlined,
  FilterOutlined,
  FlagOutlined,
  HourglassOutlined,
  MailOutlined,
  MergeOutlined,
  NotificationOutlined,
  PartitionOutlined,
  GiftOutlined,
  TeamOutlined,
  ThunderboltOutlined,
  QuestionCircleOutlined,
  RetweetOutlined,
  SisternodeOutlined,
  SunOutlined,
  TagOutlined,
  TagsOutlined,
  TrophyOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';

/** The icons that a manifest may name. */
const ICONS: Readonly<Record<string, ComponentType>> = {
  audience: ContactsOutlined,
  apartment: ApartmentOutlined,
  branches: BranchesOutlined,
  api: ApiOutlined,
  calendar: CalendarOutlined,
  clock: ClockCircleOutlined,
  code: CodeOutlined,
  dashboard: DashboardOutlined,
  edit: EditOutlined,
  filter: FilterOutlined,
  flag: FlagOutlined,
  hourglass: HourglassOutlined,
  gift: GiftOutlined,
  mail: MailOutlined,
  service: CloudServerOutlined,
  merge: MergeOutlined,
  notification: NotificationOutlined,
  partition: PartitionOutlined,
  repeat: RetweetOutlined,
  split: SisternodeOutlined,
  sun: SunOutlined,
  tag: TagOutlined,
  tags: TagsOutlined,
  team: TeamOutlined,
  thunderbolt: ThunderboltOutlined,
  until: FieldTimeOutlined,
  webhook: ApiOutlined,
  trophy: TrophyOutlined,
};

/** A kind's icon; decoration, its name always stands beside it. */
export function NodeIcon({ name, className }: { name: string | undefined; className?: string }) {
  const Icon = ICONS[name ?? ''] ?? QuestionCircleOutlined;
  return (
    <span aria-hidden className={className}>
      <Icon />
    </span>
  );
}
