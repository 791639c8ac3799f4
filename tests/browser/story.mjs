// The community that the journeys walk through, started once, and what its people share: visits, and what a step leaves to the next.
//
// It is the demo; with AFTERCARE_REAL_DATA set, a community with what `aftercare import` made of that folder (`tests/run real-data`).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as act from './acts.mjs';
import { startImported } from './imported.mjs';
import { launch, person } from './lib.mjs';
import { startDemo } from './server.mjs';

export const PASSWORD = 'a quiet walk by the canal';
export const REAL = process.env.AFTERCARE_REAL_DATA;

/// What earlier steps left: `left('thread')` reads one and fails with its name where it is missing.
export const story = {};
export let place;
export let browser;

before(async () => {
  // One after the other: what has started must be known to `after` when the next one fails.
  browser = await launch();
  place = REAL ? await startImported(REAL) : await startDemo();
}, { timeout: REAL ? 1_200_000 : 90_000 });

after(async () => {
  await browser?.close();
  await place?.stop();
}, { timeout: 60_000 });

export function left(what) {
  assert.ok(story[what], `an earlier step did not leave “${what}”`);
  return story[what];
}

/// A visit that is over when `doing` is, whether it went well or not. `at` is another place than the usual one.
export async function visit(doing, { js = true, role, at = place } = {}) {
  const someone = await person(browser, at.url, { js, album: REAL ? 'real-data' : '' });
  try {
    if (role) await act.signIn(someone, at.account(role));
    await doing(someone);
  } catch (error) {
    if (someone.faults.list.length) error.message += `\nand: ${someone.faults.list.join('\n')}`;
    await someone.context.close();
    throw error;
  }
  await someone.leaves();
}

/// A visit of somebody who has joined, or joins.
export function member(name, doing, options) {
  return visit(async (someone) => {
    await act.signIn(someone, { email: emailOf(name), password: PASSWORD });
    await doing(someone);
  }, options);
}

export const emailOf = (name) => `${name.toLowerCase().replaceAll(' ', '-')}@example.org`;

export const step = (name, doing) => test(name, { timeout: 240_000 }, doing);
