// A community with what `aftercare import` makes of a folder of public data: its threads, and the part of MedQuAD whose licence
// lets it be passed on. Nothing of that data stands in this repository; it is read from a path while the tests run.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { startCommunity } from './server.mjs';

// These sources of MedQuAD are under copyright.
const KEPT_OUT = new Set(['ADAM', 'MPlusDrugs', 'MPlusHerbsSuppls']);

const gunzip = promisify(zlib.gunzip);
const who = (role, name) => ({
  role, name, email: `${name.toLowerCase().replaceAll(' ', '.')}@example.org`, password: `${name} walks by the sea`,
});
const PEOPLE = [
  who('member', 'Quiet Harbour'), who('moderator', 'Joan Ward'), who('moderator', 'Sam Ferry'),
  who('clinician', 'Ellis Moor'), who('clinician', 'Petra Lind'), who('admin', 'Ada Fell'),
];

/// The place, with `threads`, the rows that were imported.
export async function startImported(folder) {
  const threads = path.join(folder, 'threads/dev.jsonl.gz');
  const place = await startCommunity({
    people: PEOPLE,
    settings: {
      AFTERCARE_COMMUNITY__NAME: 'Harbour',
      AFTERCARE_HTTP__LIMIT_FACTOR: '1000',
      AFTERCARE_HTTP__CONNECTIONS_PER_ADDRESS: '1000',
    },
    async bring(run, home) {
      const guidance = path.join(home, 'guidance.jsonl');
      const rows = (await lines(path.join(folder, 'medquad/corpus.jsonl.gz'))).filter((row) => !KEPT_OUT.has(row.source));
      await writeFile(guidance, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
      process.stdout.write(await run(['import', '--threads', threads, '--guidance', guidance]));
    },
  });
  place.threads = await lines(threads);
  return place;
}

async function lines(file) {
  const text = (await gunzip(await readFile(file))).toString();
  const rows = text.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  assert.ok(rows.length, `${file} is empty`);
  return rows;
}
