// The seven steps in a community of imported threads and guidance: `tests/run real-data PATH`. No part of the plain `tests/run`.
import assert from 'node:assert/strict';
import { REAL } from './story.mjs';

assert.ok(REAL, 'AFTERCARE_REAL_DATA names no folder; start this with tests/run real-data PATH');
// In this order: the library needs an article before a visitor can read one, and the doctor comes last.
await import('./real-before.mjs');
await import('./journeys.test.mjs');
await import('./rules.test.mjs');
await import('./real-after.mjs');
