import { buildWeb } from './build-web.mjs';
import { runChild } from './command.mjs';

/** `npm start`: builds the web app if its sources changed and serves. */
export async function startServer(project, args) {
  const built = buildWeb(project);
  if (built !== 0) return built;
  const env = { NODE_ENV: 'production', ...project.env };
  return runChild(project.node, ['runtime/src/main.ts', ...args], { root: project.root, env });
}
