import antd from 'antd/locale/en_US';
import access from '../access/en-US.ts';
import audiences from '../audiences/en-US.ts';
import canvas from '../canvas/en-US.ts';
import content from '../content/en-US.ts';
import data from '../data/en-US.ts';
import editor from '../editor/en-US.ts';
import governance from '../governance/en-US.ts';
import home from '../home/en-US.ts';
import inspector from '../inspector/en-US.ts';
import models from '../models/en-US.ts';
import palette from '../palette/en-US.ts';
import plans from '../plans/en-US.ts';
import sandbox from '../sandbox/en-US.ts';
import settings from '../settings/en-US.ts';
import home from '../home/en-US.ts';
import shell from '../shell/en-US.ts';
import ui from '../ui/en-US.ts';
import type { Locale } from './locale.ts';

/** One namespace per area; a new area is one line here, one in zh-CN.ts. */
export const texts = {
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
/** What every page needs, the sign-in too; the texts of the other areas come with the first page of theirs. */
export const texts = { access, home, shell, ui };

export const locale: Locale = { language: 'en-US', texts, antd };
