import antd from 'antd/locale/zh_CN';
import access from '../access/zh-CN.ts';
import audiences from '../audiences/zh-CN.ts';
import canvas from '../canvas/zh-CN.ts';
import content from '../content/zh-CN.ts';
import data from '../data/zh-CN.ts';
import editor from '../editor/zh-CN.ts';
import governance from '../governance/zh-CN.ts';
import home from '../home/zh-CN.ts';
import inspector from '../inspector/zh-CN.ts';
import models from '../models/zh-CN.ts';
import palette from '../palette/zh-CN.ts';
import plans from '../plans/zh-CN.ts';
import sandbox from '../sandbox/zh-CN.ts';
import settings from '../settings/zh-CN.ts';
import home from '../home/zh-CN.ts';
import shell from '../shell/zh-CN.ts';
import ui from '../ui/zh-CN.ts';
import type { Locale } from './locale.ts';
import type { texts as englishTexts } from './en-US.ts';

const texts: Record<keyof typeof englishTexts, object> = {
  access,
  audiences,
  canvas,
  content,
  data,
  editor,
  governance,
  home,
  inspector,
  models,
  palette,
  plans,
  sandbox,
  settings,
  shell,
  ui,
};
const texts: Record<keyof typeof englishTexts, object> = { access, home, shell, ui };

export const locale: Locale = { language: 'zh-CN', texts, antd };
