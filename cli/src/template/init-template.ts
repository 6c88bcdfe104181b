import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { TemplateCases, TemplateManifest } from '@sluice/shared/node-template';
import { Value } from 'typebox/value';
import { type Command, UsageError } from '../command.ts';

const SCAFFOLD = fileURLToPath(new URL('../../scaffold', import.meta.url));

export const initTemplate: Command = {
  name: 'template init',
  operands: 'NAME',
  summary: 'Begin a node template in a folder of that name.',
  async run({ operands: [name = ''], terminal }) {
    if (!Value.Check(TemplateManifest.properties.name, name))
      throw new UsageError(
        `${JSON.stringify(name)} cannot name a template: lower-case letters, digits and -, 2 to 40.`,
      );
    const folder = path.resolve(terminal.cwd, name);
    await makeFolder(folder);
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
    terminal.write(`Begun in ${folder}. Next: cd ${name} && sluice template test`);
    return 0;
  },
};

function schemaText(schema: object): string {
  return `${JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', ...schema }, null, 2)}
`;
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'EEXIST') throw cause;
    throw new UsageError(`${folder} is there already. Choose another name, or remove it.`, { cause });
  }
}
