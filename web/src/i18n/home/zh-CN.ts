import type { Translated } from '../catalogue.ts';
import type enUS from './en-US.ts';

const zhCN: Translated<typeof enUS> = { title: '' };
export default zhCN;
