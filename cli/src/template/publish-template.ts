import path from 'node:path';
import { api } from '@sluice/shared/http-api';
import type { Command } from '../command.ts';
import { openServer, SERVER_OPTIONS } from '../server.ts';
import { proveAndTell, readOrTell } from './test-template.ts';

export const publishTemplate: Command = {
  name: 'template publish',
  operands: '[FOLDER]',
  summary: 'Test a node template and send its version to the server, to be reviewed there.',
  options: SERVER_OPTIONS,
  async run({ operands: [folder = '.'], options, terminal }) {
    const server = openServer({ options, terminal });
    const template = await readOrTell(path.resolve(terminal.cwd, folder), terminal);
    if (!template || (await proveAndTell(template, terminal)) !== 0) return 1;
    const { name, version, state, isNew } = await server.call(api.nodeTemplates.submitTemplate, { body: template });
    terminal.write(
      isNew
        ? `Published ${name} ${version}. An administrator reviews it under Node templates.`
        : `${name} ${version} is there already, with the same content; it is ${state}.`,
    );
    return 0;
  },
};
