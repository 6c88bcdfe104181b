import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { TemplateCases, TemplateManifest } from '@sluice/shared/node-template';
import { fillText } from '@sluice/shared/model';
import { Value } from 'typebox/value';
import { type Command, UsageError } from '../command.ts';

const SCAFFOLD = fileURLToPath(new URL('../../scaffold', import.meta.url));

export const initTemplate: Command = {
  name: 'template init',
  operands: 'NAME',
  summary: ({ template }) => template.init.summary,
  async run({ operands: [name = ''], terminal }) {
    const { init } = terminal.texts.template;
    if (!Value.Check(TemplateManifest.properties.name, name))
      throw new UsageError(fillText(init.name, { name: JSON.stringify(name) }));
    const folder = path.resolve(terminal.cwd, name);
    await makeFolder(folder, init.taken);
    const words = name.replaceAll('-', ' ');
    const title = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
    for (const file of await readdir(SCAFFOLD)) {
      const text = await readFile(path.join(SCAFFOLD, file), 'utf8');
      await writeFile(path.join(folder, file), text.replaceAll('TITLE', title).replaceAll('NAME', name));
    }
    // For editors, which then know every field and complain at once.
    await writeFile(
      path.join(folder, 'manifest.schema.json'),
      schemaText({ ...TemplateManifest, properties: { $schema: {}, ...TemplateManifest.properties } }),
    );
    await writeFile(path.join(folder, 'cases.schema.json'), schemaText(TemplateCases));
    terminal.write(fillText(init.begun, { folder, name }));
    return 0;
  },
};

function schemaText(schema: object): string {
  return `${JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', ...schema }, null, 2)}
`;
}

async function makeFolder(folder: string, taken: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'EEXIST') throw cause;
    throw new UsageError(fillText(taken, { folder }), { cause });
  }
}
