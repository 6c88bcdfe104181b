import antd from 'antd/locale/en_US';
import access from '../access/en-US.ts';
import home from '../home/en-US.ts';
import shell from '../shell/en-US.ts';
import ui from '../ui/en-US.ts';
import type { Locale } from './locale.ts';

/** What every page needs, the sign-in too; the texts of the other areas come with the first page of theirs. */
export const texts = { access, home, shell, ui };

export const locale: Locale = { language: 'en-US', texts, antd };
