// Starts what the tests look at: `aftercare demo`, or `serve` on a community that was made for them. Proves that it ends well.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:net';
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
  const server = start(command, { ...process.env, TMPDIR: home });
  const { url, accounts } = await greeting(server, 'stdout', JSON.parse, home);
  return running(url, accounts, async () => {
    try {
      await stop(server);
      assert.deepEqual(await readdir(home), [], 'the demo promises to take its temporary directory with it');
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  });
}

/// A community made for a test and served by `serve`: the same, with the folder `data`, `begin(words)`, which starts another
/// verb beside it, and `doctor()`, which stops it and examines what it left.
/// `people` are `{ role, name, email, password }`; `bring(run)` brings in the rest, with `run` for verbs of the program.
export async function startCommunity({ people, bring = async () => {}, settings = {} }) {
  const home = await mkdtemp(path.join(os.tmpdir(), 'community-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // Settings of the machine that runs the tests are none of this community's.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AFTERCARE_')));
  Object.assign(env, {
    AFTERCARE_DATA_DIR: path.join(home, 'data'),
    AFTERCARE_HTTP__LISTEN: `127.0.0.1:${port}`,
    AFTERCARE_HTTP__PUBLIC_URL: url,
    ...settings,
  });
  const run = (words, input = '') => verb([binary(), ...words], env, input);
  try {
    for (const [index, { role, name, email, password }] of people.entries()) {
      const register = role === 'clinician' ? ['--register', 'NMC', '--number', `0000${index}`, '--expires', '2035-12-31'] : [];
      await run(['user', 'add', '--name', name, '--email', email, '--role', role, ...register], `${password}\n`);
    }
    await bring(run, home);
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error;
  }
  const server = start([binary(), 'serve'], env);
  await greeting(server, 'stderr', (line) => line.includes('serving') || undefined, home);
  const place = running(url, people, () => stop(server).finally(() => rm(home, { recursive: true, force: true })));
  place.data = path.join(home, 'data');
  place.begin = (words) => start([binary(), ...words], env);
  place.doctor = async () => {
    await stop(server);
    return JSON.parse(await run(['doctor', '--json']));
  };
  return place;
}

function running(url, accounts, stop) {
  return {
    url: url.replace(/\/$/, ''),
    accounts,
    account(role) {
      const found = accounts.find((account) => account.role === role);
      assert.ok(found, `there is no account for the role ${role}`);
      return found;
    },
    stop,
  };
}

function start(command, env) {
  const server = spawn(command[0], command.slice(1), { env, stdio: ['ignore', 'pipe', 'pipe'] });
  server.log = [];
  server.stderr.on('data', (text) => server.log.push(text.toString()));
  // Tests that die in any way take the server with them.
  process.once('exit', () => server.kill('SIGKILL'));
  return server;
}

/// Runs one verb to its end and answers what it printed; anything but success is an error with its words.
async function verb(command, env, input) {
  const child = spawn(command[0], command.slice(1), { env, stdio: ['pipe', 'pipe', 'pipe'] });
  process.once('exit', () => child.kill('SIGKILL'));
  const out = [];
  const log = [];
  child.stdout.on('data', (text) => out.push(text));
  child.stderr.on('data', (text) => log.push(text));
  // Whoever leaves early has read enough; its exit code says the rest.
  child.stdin.on('error', () => {}).end(input);
  const [code] = await once(child, 'close');
  const text = (parts) => Buffer.concat(parts).toString();
  assert.equal(code, 0, `${command.slice(1, 3).join(' ')} left with ${code}\n${text(log).slice(-4000)}\n${text(out).slice(-4000)}`);
  return text(out);
}

/// A port that was free a moment ago.
async function freePort() {
  const probe = createServer();
  await new Promise((done, fail) => probe.once('error', fail).listen(0, '127.0.0.1', done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

/// Waits for the line in which a server says where it is: the first of which `read` makes something.
async function greeting(server, from, read, home) {
  try {
    return await new Promise((done, fail) => {
      setTimeout(() => fail(new Error(`not a word within ${START_SECONDS} s`)), START_SECONDS * 1000).unref();
      server.once('error', fail);
      server.once('exit', (code) => fail(new Error(`the server left with ${code} before it said where it is`)));
      // It goes on reading: a server that nobody listens to would stand still when the pipe is full.
      createInterface({ input: server[from] }).on('line', (line) => {
        try {
          const heard = read(line);
          if (heard !== undefined) done(heard);
        } catch (error) {
          fail(error);
        }
      });
    });
  } catch (error) {
    server.kill('SIGKILL');
    await rm(home, { recursive: true, force: true });
    throw new Error(`${server.spawnargs.slice(0, 2).join(' ')}: ${error.message}\n${told(server)}`);
  }
}

/// Ctrl-C, and a good end; a server that has ended already is asked how.
async function stop(server) {
  if (server.exitCode === null && server.signalCode === null) {
    const gone = once(server, 'exit');
    const late = setTimeout(() => server.kill('SIGKILL'), STOP_SECONDS * 1000);
    server.kill('SIGINT');
    await gone;
    clearTimeout(late);
  }
  assert.equal(server.signalCode, null, `Ctrl-C did not let the server end by itself within ${STOP_SECONDS} s\n${told(server)}`);
  assert.equal(server.exitCode, 0, `the server left with ${server.exitCode}\n${told(server)}`);
}

const told = (server) => server.log.join('').slice(-4000);
