import { type ThemeConfig, theme } from 'antd';
import { PALETTES, type ThemeMode } from './palette.ts';

/** Chinese faces come after the Latin system faces, so that Latin text and figures keep the system's own shapes. */
export const FONT_STACK =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "PingFang SC", "Hiragino Sans GB", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", sans-serif';
export const CODE_FONT_STACK =
  'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace';

/** The one place where antd's look is set; components set no colour and no pixel of their own. */
export function themeOf(mode: ThemeMode, { isStill = false }: { isStill?: boolean } = {}): ThemeConfig {
  const palette = PALETTES[mode];
  return {
    algorithm: mode === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: palette.brand,
      colorInfo: palette.brand,
      // What antd derives from the brand is a grey on which nothing reads well.
      colorInfoBg: palette.brandSoft,
      colorInfoBorder: palette.brandLine,
      colorPrimaryBg: palette.brandSoft,
      colorPrimaryBgHover: palette.brandSoft,
      colorPrimaryBorder: palette.brandLine,
      controlItemBgActive: palette.brandSoft,
      controlItemBgActiveHover: palette.brandSoft,
      controlOutline: palette.brandSoft,
      colorLink: palette.link,
      colorError: mode === 'dark' ? '#e5484d' : palette.danger,
      colorBgMask: mode === 'dark' ? 'rgb(0 0 0 / 55%)' : 'rgb(0 0 0 / 32%)',
      colorBgLayout: palette.page,
      colorBgContainer: palette.surface,
      colorTextPlaceholder: mode === 'dark' ? '#8d9496' : '#6b7274',
      colorTextDescription: mode === 'dark' ? '#9ba3a5' : '#5f6668',
      colorTextSecondary: mode === 'dark' ? '#a9b0b2' : '#565d5f',
      colorTextTertiary: mode === 'dark' ? '#969d9f' : '#646b6d',
      fontFamily: FONT_STACK,
      fontFamilyCode: CODE_FONT_STACK,
      fontSize: 14,
      fontSizeSM: 12,
      sizeStep: 4,
      sizeUnit: 4,
      borderRadius: 6,
      controlHeight: 32,
      // Things appear and go at once for whoever has asked the system for less motion.
      motion: !isStill,
      motionDurationFast: '0.12s',
      motionDurationMid: '0.16s',
      motionDurationSlow: '0.2s',
      boxShadow: '0 6px 20px rgb(0 0 0 / 14%)',
      boxShadowSecondary: '0 6px 20px rgb(0 0 0 / 14%)',
      boxShadowTertiary: 'none',
    },
    components: {
      Layout: { headerBg: palette.surface, siderBg: palette.surface, bodyBg: palette.page, headerHeight: 48 },
      Menu: { itemHeight: 36, itemBorderRadius: 6, activeBarBorderWidth: 0, subMenuItemBg: 'transparent' },
      Table: {
        cellPaddingBlock: 8,
        cellPaddingInline: 12,
        headerBg: palette.sunken,
        headerSplitColor: 'transparent',
        headerBorderRadius: 6,
      },
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        // In the dark antd brightens what the mouse is over, until its white words cannot be read.
        ...(mode === 'dark' && {
          colorPrimaryHover: palette.brandLine,
          defaultHoverColor: palette.link,
          defaultHoverBorderColor: palette.link,
        }),
      },
      Form: { verticalLabelPadding: '0 0 4px', itemMarginBottom: 20 },
      Modal: { titleFontSize: 16 },
      Tabs: { horizontalMargin: '0 0 16px 0', itemSelectedColor: palette.link, inkBarColor: palette.link },
    },
  };
}
