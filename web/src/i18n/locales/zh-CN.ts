import antd from 'antd/locale/zh_CN';
import access from '../access/zh-CN.ts';
import home from '../home/zh-CN.ts';
import shell from '../shell/zh-CN.ts';
import ui from '../ui/zh-CN.ts';
import type { Locale } from './locale.ts';
import type { texts as englishTexts } from './en-US.ts';

const texts: Record<keyof typeof englishTexts, object> = { access, home, shell, ui };

export const locale: Locale = { language: 'zh-CN', texts, antd };
