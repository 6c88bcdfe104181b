import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment } from './clean-environment.mjs';
import { retry, runCommand } from './command.mjs';

const PNPM_VERSION = '12.21.0';
const NODE_MAJOR = 24;
const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Installs what is missing. Answers with the root, the environment and the Node to run everything on; throws one sentence. */
export function prepareProject({ isQuiet }) {
  const env = cleanEnvironment(process.env);
  const pnpmFolder = path.join(ROOT, '.tools', `pnpm-${PNPM_VERSION}`);
  const pnpmBin = path.join(pnpmFolder, 'node_modules', '.bin');
  const pnpm = path.join(pnpmBin, process.platform === 'win32' ? 'pnpm.cmd' : 'pnpm');
  if (!existsSync(pnpm)) installPnpm(pnpmFolder, env);
  // The project's own node, vitest ... and pnpm itself (for nested calls) come before those of the machine.
  env.PATH = [path.join(ROOT, 'node_modules', '.bin'), pnpmBin, env.PATH].join(path.delimiter);

  // Always: it takes 0.3 s and needs no network when nothing changed, and a stamp of our own could lie.
  const reporter = isQuiet ? '--reporter=silent' : '--reporter=append-only';
  const install = ['install', '--frozen-lockfile', '--prefer-offline', reporter];
  const isInstalled = retry(
    3,
    2000,
    () => runCommand(pnpm, install, { root: ROOT, env: { ...env, CI: 'true' } }) === 0,
  );
  if (!isInstalled) throw new Error('pnpm could not install the dependencies; is the npm registry reachable?');
  return { root: ROOT, env, pnpm, node: findNode() };
}

function installPnpm(folder, env) {
  // Into a folder of its own, then renamed: two first runs at once do not see each other's half.
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  const options = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const args = ['install', '--prefix', unfinished, ...options, `pnpm@${PNPM_VERSION}`];
  if (!retry(3, 2000, () => runCommand('npm', args, { root: ROOT, env, cwd: unfinished }) === 0)) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Error('npm could not install pnpm; is the npm registry reachable?');
  }
  try {
    renameSync(unfinished, folder);
  } catch {
    // Another run was first; its copy is as good.
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** The Node that came with the dependencies; where there is none for this platform, the one running, if new enough. */
function findNode() {
  const own = path.join(ROOT, 'node_modules', '.bin', 'node');
  const node = existsSync(own) ? own : process.execPath;
  const version = spawnSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout?.trim() ?? '';
  if (!(Number.parseInt(version, 10) >= NODE_MAJOR))
    throw new Error(
      `Node ${NODE_MAJOR} or newer is needed, this is ${version || 'none'}. On Linux it comes with the dependencies: delete node_modules and run again. Elsewhere install it first.`,
    );
  return node;
}
