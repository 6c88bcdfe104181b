import path from 'node:path';
import { buildWeb } from './build-web.mjs';
import { runChild } from './command.mjs';

/** `npm start`: builds the web app if its sources changed and serves. */
export async function startServer(project, args) {
  const built = buildWeb(project);
  if (built !== 0) return built;
  // Loading the modules is most of a start; compiled ones are kept between starts.
  const NODE_COMPILE_CACHE = path.join(project.root, '.tools', 'compile-cache');
  const env = { NODE_ENV: 'production', NODE_COMPILE_CACHE, ...project.env };
  return runChild(project.node, ['runtime/src/main.ts', ...args], { root: project.root, env });
}
