// On imported data, before the journeys: readers need guidance that somebody has signed.
import assert from 'node:assert/strict';
import * as act from './acts.mjs';
import { left, place, step, story, visit } from './story.mjs';

step('imported guidance is a draft that nobody but staff sees, until two registered clinicians have signed it', async () => {
  await visit(async (visitor) => {
    await visitor.go('/guidance');
    await visitor.sees(/no signed guidance yet/i);
    await visitor.looks('guidance-library-empty');
  }, { js: false });
  const [first, second] = place.accounts.filter(({ role }) => role === 'clinician');
  await visit(async (clinician) => {
    await act.signIn(clinician, first);
    await clinician.go('/desk/guidance');
    await clinician.looks('desk-guidance-imported');
    const draft = clinician.main.locator('a[href^="/desk/guidance/"]:not([href$="/new"]):not([href*="?"])').first();
    story.imported = { title: (await draft.innerText()).trim(), desk: await draft.getAttribute('href') };
    await act.sign(clinician, story.imported.desk);
    await clinician.sees(/1 more needed/i);
    assert.equal(await clinician.main.locator('form[action$="/sign"] button').count(), 0, 'nobody signs twice');
    await clinician.looks('guidance-imported-signed-once');
  });
  const page = left('imported').desk.replace('/desk', '');
  await visit((visitor) => visitor.go(page, { status: 404 }));
  await visit(async (clinician) => {
    await act.signIn(clinician, second);
    await act.sign(clinician, story.imported.desk);
    await clinician.looks('guidance-imported-verified');
  });
  await visit(async (visitor) => {
    await visitor.go('/guidance');
    await visitor.press(visitor.link(story.imported.title));
    for (const { name } of [first, second]) await visitor.sees(name);
    await visitor.sees(/review due/i);
    await visitor.looks('guidance-article-imported');
  }, { js: false });
});
