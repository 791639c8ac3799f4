// Starts `aftercare demo` for the tests and proves that it leaves nothing behind.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import os from 'node:os';
import path from 'node:path';

const START_SECONDS = 60;
const STOP_SECONDS = 15;

/// The program under test: AFTERCARE_BIN, or what `cargo build` leaves.
export function binary() {
  const target = process.env.CARGO_TARGET_DIR ?? path.join(import.meta.dirname, '../../target');
  return process.env.AFTERCARE_BIN ?? path.join(target, 'debug/aftercare');
}

/// A running demo community: `{ url, accounts, account(role), stop() }`.
export async function startDemo(command = [binary(), 'demo', '--port', '0', '--json']) {
  const home = await mkdtemp(path.join(os.tmpdir(), 'demo-'));
  const server = spawn(command[0], command.slice(1), {
    env: { ...process.env, TMPDIR: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Tests that die in any way take the server with them.
  process.once('exit', () => server.kill('SIGKILL'));
  const log = [];
  server.stderr.on('data', (text) => log.push(text.toString()));
  const { url, accounts } = await firstLine(server, home, log);
  return {
    url: url.replace(/\/$/, ''),
    accounts,
    account(role) {
      const found = accounts.find((account) => account.role === role);
      assert.ok(found, `the demo offers no account for the role ${role}`);
      return found;
    },
    stop: () => stop(server, home, log),
  };
}

async function firstLine(server, home, log) {
  const lines = createInterface({ input: server.stdout });
  const waited = new Promise((_, fail) => {
    setTimeout(() => fail(new Error(`no first line within ${START_SECONDS} s`)), START_SECONDS * 1000).unref();
    server.once('error', fail);
    server.once('exit', (code) => fail(new Error(`the server left with ${code} before it said where it is`)));
  });
  try {
    const [line] = await Promise.race([once(lines, 'line'), waited]);
    return JSON.parse(line);
  } catch (error) {
    server.kill('SIGKILL');
    await rm(home, { recursive: true, force: true });
    throw new Error(`aftercare demo: ${error.message}\n${log.join('').slice(-4000)}`);
  }
}

async function stop(server, home, log) {
  if (server.exitCode === null && server.signalCode === null) {
    const gone = once(server, 'exit');
    const late = setTimeout(() => server.kill('SIGKILL'), STOP_SECONDS * 1000);
    server.kill('SIGINT');
    await gone;
    clearTimeout(late);
  }
  const left = await readdir(home);
  await rm(home, { recursive: true, force: true });
  const told = log.join('').slice(-4000);
  assert.equal(server.signalCode, null, `Ctrl-C did not let the server end by itself within ${STOP_SECONDS} s\n${told}`);
  assert.equal(server.exitCode, 0, `the server left with ${server.exitCode}\n${told}`);
  assert.deepEqual(left, [], 'the demo promises to take its temporary directory with it');
}
