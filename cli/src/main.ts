#!/usr/bin/env node
import { commands } from './commands.ts';
import { runCommand } from './run-command.ts';

// Packages of a workspace are started from its root; INIT_CWD is where the person stands.
process.exitCode = await runCommand(commands, process.argv.slice(2), {
  cwd: process.env['INIT_CWD'] ?? process.cwd(),
  env: process.env,
  write: (line) => console.log(line),
  warn: (line) => console.error(line),
});
