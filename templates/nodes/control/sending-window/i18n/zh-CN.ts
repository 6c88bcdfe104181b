import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '发送时段',
  description: '在合适的时段放行，其余时间让用户等到下一个时段开始，避免在夜间或节假日打扰。',
  ports: { next: '下一步' },
  summary: { open: '{{windows}}', quiet: '避开：{{windows}}', window: '{{days}} {{from}}–{{to}}' },
  params: {
    mode: { label: '以下时段为', options: { open: '可放行时段', quiet: '免打扰时段' } },
    windows: {
      label: '时段',
      help: '不含结束时刻。结束不晚于开始时，表示到次日为止。',
      fields: {
        days: { label: '星期' },
        from: { label: '从' },
        to: { label: '到' },
      },
    },
    closedOn: { label: '停发日期', help: '这些日期全天不放行。' },
    zone: { label: '按谁的时间', options: { profile: '用户所在时区', fixed: '固定时区' } },
    timeZone: { label: '时区' },
  },
  problems: {
    'sending-window:never-open': '免打扰时段占满了整周，任何人都无法通过。请留出可放行的时间。',
    'sending-window:date-unreal': '日历中没有“{{date}}”这一天，请移除或另选日期。',
    'sending-window:zone-missing': '请选择时区。',
    'sending-window:zone-unknown': '没有名为“{{zone}}”的时区，请从列表中选择。',
  },
  reasons: {
    'sending-window:open': '到达时在发送时段内',
    'sending-window:shut': '不在发送时段内，等待下一个时段',
    'sending-window:opened': '发送时段已开始',
  },
};
