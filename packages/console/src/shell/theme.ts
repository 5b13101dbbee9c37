import { theme as antTheme, type ThemeConfig } from 'antd';

/**
 * One dense theme: 14 px, calm neutral surfaces, one accent. Greys are darker than Ant Design's own, because secondary
 * text and placeholders have to reach 4.5 : 1 (WCAG 2.2 AA).
 */
export function themeOf(dark: boolean, motion: boolean): ThemeConfig {
  return {
    algorithm: dark ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
    token: { ...(dark ? darkTokens : lightTokens), motion },
    components: {
      Table: { cellPaddingBlockSM: 7, cellPaddingInlineSM: 10, headerBg: 'transparent' },
      Form: { itemMarginBottom: 18 },
      Descriptions: { itemPaddingBottom: 8 },
    },
  };
}

const shared = {
  fontSize: 14,
  borderRadius: 6,
  controlHeight: 32,
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif',
  fontFamilyCode: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
};

const lightTokens = {
  ...shared,
  colorPrimary: '#2b4acb',
  colorLink: '#2b4acb',
  colorLinkHover: '#1f3799',
  colorLinkActive: '#1f3799',
  colorBgLayout: '#f5f6f8',
  colorTextSecondary: '#4d5666',
  colorTextTertiary: '#5b6474',
  colorTextDescription: '#5b6474',
  colorTextPlaceholder: '#667085',
  colorError: '#c0271f',
  colorErrorHover: '#9c1f18',
  colorErrorBorderHover: '#9c1f18',
  colorSuccess: '#1a7f43',
  colorSuccessBg: '#e5f4ea',
  colorSuccessBorder: '#a9d8ba',
  colorWarning: '#b25e00',
  colorWarningBg: '#fdf0dc',
  colorWarningBorder: '#ecc98f',
  colorErrorBg: '#fdeeee',
  colorErrorBorder: '#efb8b4',
};

const darkTokens = {
  ...shared,
  colorPrimary: '#5a78f0',
  colorLink: '#93a8ff',
  colorLinkHover: '#b9c6ff',
  colorLinkActive: '#b9c6ff',
  colorBgLayout: '#101216',
  colorBgContainer: '#181b21',
  colorBgElevated: '#20242c',
  colorTextSecondary: '#b6bdc9',
  colorTextTertiary: '#a0a8b6',
  colorTextDescription: '#a0a8b6',
  colorTextPlaceholder: '#949cab',
  colorError: '#ff7b72',
  colorErrorHover: '#ffa39c',
  colorErrorBorderHover: '#ffa39c',
  colorSuccess: '#56c27f',
  colorSuccessBg: '#16331f',
  colorSuccessBorder: '#2c6140',
  colorWarning: '#e2a03f',
  colorWarningBg: '#2f2410',
  colorWarningBorder: '#6b4f1d',
  colorErrorBg: '#371a1a',
  colorErrorBorder: '#6e2f2c',
};
