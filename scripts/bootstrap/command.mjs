import { spawn, spawnSync } from 'node:child_process';

const IS_WINDOWS = process.platform === 'win32';

/** Runs a command to its end and answers with its exit code. */
export function runCommand(command, args, { root, env, stdio = 'inherit', cwd = root }) {
  const { status, error } = spawnSync(command, args, { cwd, env, stdio, shell: IS_WINDOWS });
  if (error) console.error(`${command}: ${error.message}`);
  return status ?? 1;
}

/**
 * Runs a command as the one thing left to do; resolves with its exit code. A terminal sends Ctrl-C to the child as well,
 * so it is not forwarded; the other signals are. npm killed by SIGTERM tells its script nothing: the child would stay
 * behind as an orphan, hence the look at the parent's id.
 */
export function runChild(command, args, { root, env }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: 'inherit', shell: IS_WINDOWS });
    const stop = () => child.kill('SIGTERM');
    const parent = process.ppid;
    const watch = setInterval(() => process.ppid !== parent && stop(), 500);
    process.on('SIGINT', () => {});
    process.on('SIGTERM', stop);
    process.on('SIGHUP', stop);
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      clearInterval(watch);
      resolve(127);
    });
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
}

/** Tries until `attempt` says true, at most `times`, waiting longer each time. The registry and apt fail now and then. */
export function retry(times, waitMs, attempt) {
  for (let tried = 1; ; tried += 1) {
    if (attempt()) return true;
    if (tried === times) return false;
    console.error(`trying again (${tried} of ${times - 1})`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, waitMs * tried);
  }
}
