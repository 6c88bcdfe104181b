// The commands of package.json, from a bare checkout: runs on the Node that started npm (18 or newer), without any
// dependency. Installs pnpm and through it everything else, the project's own Node included, then does the task.
import { runNamedScript } from './bootstrap/named-scripts.mjs';
import { runChild } from './bootstrap/command.mjs';
import { prepareProject } from './bootstrap/prepare-project.mjs';
import { runTests } from './bootstrap/run-tests.mjs';
import { startServer } from './bootstrap/start-server.mjs';

const USAGE = `usage: npm start                       install, build what changed, serve
       npm test                        lint, types, unit, integration and browser tests
       npm run verify [-- NAME ...]    long checks; without a name: the list
       npm run bench [-- NAME ...]     benches; without a name: the list
       npm run backup -- FOLDER        copy the embedded store, also while it runs
       npm run restore -- FOLDER       put a backup into an empty DATA_DIR
       npm run flow-test -- FILE       run the cases of a file, or with --flow ID those of a flow
       npm run sluice -- COMMAND       flows and node templates from the command line; without a command: the list
       npm run x -- COMMAND ...        any command on the project's Node`;

const BACKUP = 'runtime/src/ops/backup-command.ts';

const TASKS = {
  start: (project, rest) => startServer(project, rest),
  test: (project) => runTests(project),
  verify: (project, rest) => runNamedScript(project, 'verify', rest),
  bench: (project, rest) => runNamedScript(project, 'bench', rest),
  backup: (project, rest) => runChild(project.node, [BACKUP, 'backup', ...rest], project),
  restore: (project, rest) => runChild(project.node, [BACKUP, 'restore', ...rest], project),
  'flow-test': (project, rest) => runChild(project.node, ['cli/src/main.ts', 'flow', 'test', ...rest], project),
  sluice: (project, rest) => runChild(project.node, ['cli/src/main.ts', ...rest], project),
  exec: (project, rest) => runChild(rest[0] ?? 'node', rest.slice(1), project),
};

const [name = '', ...rest] = process.argv.slice(2);
const task = Object.hasOwn(TASKS, name) ? TASKS[name] : undefined;
if (!task) {
  console.error(USAGE);
  process.exit(2);
}
try {
  process.exitCode = await task(prepareProject({ isQuiet: name !== 'start' && name !== 'test' }), rest);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
