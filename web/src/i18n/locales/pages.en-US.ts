import approvals from '../approvals/en-US.ts';
import audiences from '../audiences/en-US.ts';
import canvas from '../canvas/en-US.ts';
import content from '../content/en-US.ts';
import data from '../data/en-US.ts';
import datasets from '../datasets/en-US.ts';
import editor from '../editor/en-US.ts';
import explanation from '../explanation/en-US.ts';
import forecast from '../forecast/en-US.ts';
import form from '../form/en-US.ts';
import governance from '../governance/en-US.ts';
import inspector from '../inspector/en-US.ts';
import models from '../models/en-US.ts';
import nodeTemplates from '../node-templates/en-US.ts';
import palette from '../palette/en-US.ts';
import plans from '../plans/en-US.ts';
import sandbox from '../sandbox/en-US.ts';
import settings from '../settings/en-US.ts';
import sql from '../sql/en-US.ts';
import templates from '../templates/en-US.ts';

/** One namespace per area of pages; a new area is one line here, one in pages.zh-CN.ts. */
export const pageTexts = {
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
