import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildWeb } from './build-web.mjs';
import { runChild } from './command.mjs';

/** `npm run verify|bench [-- NAME ...]`: lists the scripts of that kind, or runs one and answers with its exit code. */
export async function runNamedScript(project, kind, [name, ...args]) {
  const scripts = listScripts(project.root, kind);
  if (name === undefined) {
    console.log(formatList(kind, scripts));
    return 0;
  }
  const script = scripts.find((candidate) => candidate.name === name);
  if (!script) {
    console.error(`There is no ${kind} ${JSON.stringify(name)}.\n${formatList(kind, scripts)}`);
    return 2;
  }
  // Checks look at the web app: what they find is to be true of these sources. Benches do without it.
  const built = kind === 'verify' ? buildWeb(project) : 0;
  if (built !== 0) return built;
  return runChild(project.node, [script.file, ...args], project);
}

/** Every TypeScript file of the folders for `kind`; its first comment says in one sentence what it answers. */
export function listScripts(root, kind) {
  return [kind, `embedded-store/${kind}`]
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(root, folder))
        .filter((file) => file.endsWith('.ts') && !/\.(test|config|d)\.ts$/.test(file))
        .map((file) => {
          const place = path.join(root, folder, file);
          return { name: file.slice(0, -3), file: place, sentence: readSentence(readFileSync(place, 'utf8')) };
        }),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function readSentence(source) {
  const comment = /^\s*\/\*\*([\s\S]*?)\*\//.exec(source)?.[1] ?? '';
  return comment
    .split('\n')
    .map((line) => line.replace(/^\s*\*?/, '').trim())
    .join(' ')
    .trim();
}

function formatList(kind, scripts) {
  if (scripts.length === 0) return `There is no ${kind} yet.`;
  const width = Math.max(...scripts.map((script) => script.name.length));
  const lines = scripts.map((script) => `  ${script.name.padEnd(width)}  ${script.sentence}`);
  return [`npm run ${kind} -- NAME, where NAME is one of:`, ...lines].join('\n');
}
