import { existsSync } from 'node:fs';
import { retry, runCommand } from './command.mjs';

const USUAL_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of a Chromium for the browser tests. As root on Debian an absent one is installed; else throws what to do. */
export function findChromium(project) {
  const found = find(project.env);
  if (found) return found;
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'))
    installChromium(project);
  const installed = find(project.env);
  if (!installed)
    throw new Error('The browser tests need Chromium: apt-get install chromium, or set CHROMIUM_PATH to a Chrome.');
  return installed;
}

function find(env) {
  return [env.CHROMIUM_PATH, ...USUAL_PLACES].find((place) => place && existsSync(place));
}

function installChromium(project) {
  const env = { ...project.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) =>
    runCommand('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=120', ...args], { root: project.root, env });
  console.log('Installing Chromium for the browser tests');
  retry(10, 3000, () => {
    apt('update');
    return apt('install', '-y', '--no-install-recommends', 'chromium') === 0;
  });
}
