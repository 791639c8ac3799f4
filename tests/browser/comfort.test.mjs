// What makes it pleasant, and safe, beyond the seven steps: light pages, scripts that save a way, leaving every device at once.
import assert from 'node:assert/strict';
import * as act from './acts.mjs';
import { isLight } from './lib.mjs';
import { left, member, step, visit } from './story.mjs';

step('the first visit to a thread is light', (t) => visit((visitor) => isLight(visitor, left('first'), t)));

step('with scripts the preview comes into the page, and what was typed is kept on the way', () =>
  member('Slow Stairs', async (patient) => {
    await patient.go(`/boards/${left('board')}/ask`);
    await act.write(patient, { title: 'Which chair?', body: 'One that is **high** enough. Redwing.' });
    await patient.page.evaluate(() => { globalThis.stillHere = true; });
    await patient.button(/see how it looks/i).click();
    await patient.shows(patient.main.locator('.preview strong', { hasText: 'high' }));
    assert.ok(await patient.page.evaluate(() => globalThis.stillHere), 'the page was loaded again');
    await patient.looks('ask-preview-scripts');
    await patient.press(patient.main.locator('button[name="action"][value="draft"]'));
    await patient.go('/me/drafts');
    await patient.sees('Redwing');
  }));

step('settings, and signing out everywhere, end every session', () =>
  member('Slow Stairs', async (patient) => {
    await patient.go('/me');
    await patient.looks('me');
    await member('Slow Stairs', async (elsewhere) => {
      await patient.press(patient.main.locator('form[action="/me/sessions/end"] button').first());
      await elsewhere.go('/');
      assert.ok(!(await act.signedIn(elsewhere)), 'a session outlived “sign out everywhere”');
    });
  }));
