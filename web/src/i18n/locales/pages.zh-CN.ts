import approvals from '../approvals/zh-CN.ts';
import audiences from '../audiences/zh-CN.ts';
import canvas from '../canvas/zh-CN.ts';
import content from '../content/zh-CN.ts';
import data from '../data/zh-CN.ts';
import datasets from '../datasets/zh-CN.ts';
import editor from '../editor/zh-CN.ts';
import explanation from '../explanation/zh-CN.ts';
import forecast from '../forecast/zh-CN.ts';
import form from '../form/zh-CN.ts';
import governance from '../governance/zh-CN.ts';
import inspector from '../inspector/zh-CN.ts';
import models from '../models/zh-CN.ts';
import nodeTemplates from '../node-templates/zh-CN.ts';
import palette from '../palette/zh-CN.ts';
import plans from '../plans/zh-CN.ts';
import sandbox from '../sandbox/zh-CN.ts';
import settings from '../settings/zh-CN.ts';
import sql from '../sql/zh-CN.ts';
import templates from '../templates/zh-CN.ts';
import type { pageTexts as englishTexts } from './pages.en-US.ts';

export const pageTexts: Record<keyof typeof englishTexts, object> = {
  approvals,
  audiences,
  canvas,
  content,
  data,
  datasets,
  editor,
  explanation,
  forecast,
  form,
  governance,
  inspector,
  models,
  nodeTemplates,
  palette,
  plans,
  sandbox,
  settings,
  sql,
  templates,
};
