import path from 'node:path';
import { api } from '@sluice/shared/http-api';
import { fillText } from '@sluice/shared/model';
import type { Command } from '../command.ts';
import { openServer, SERVER_OPTIONS } from '../server.ts';
import { proveAndTell, readOrTell } from './test-template.ts';

export const publishTemplate: Command = {
  name: 'template publish',
  operands: '[FOLDER]',
  summary: ({ template }) => template.publish.summary,
  options: SERVER_OPTIONS,
  async run({ operands: [folder = '.'], options, terminal }) {
    const { publish } = terminal.texts.template;
    const server = openServer({ options, terminal });
    const template = await readOrTell(path.resolve(terminal.cwd, folder), terminal);
    if (!template || (await proveAndTell(template, terminal)) !== 0) return 1;
    const { name, version, state, isNew } = await server.call(api.nodeTemplates.submitTemplate, { body: template });
    terminal.write(fillText(isNew ? publish.published : publish.known, { name, version, state: publish.state[state] }));
    return 0;
  },
};
