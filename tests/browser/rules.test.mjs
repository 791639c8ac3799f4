// Rules as people meet them: an author is asked about personal data, a moderator leaves it out, an admin reads the rules and tries a change.
import assert from 'node:assert/strict';
import * as act from './acts.mjs';
import { soon } from './lib.mjs';
import { left, member, step, story, visit } from './story.mjs';

const NUMBER = '07700 900123';

step('an author who gives a phone number is asked, and one press leaves it out', async () => {
  await member('Slow Stairs', async (patient) => {
    await act.reply(patient, left('thread'), `Walk with me on Sunday. Ring ${NUMBER}. Lapwing.`);
    await patient.sees(/may others see this/i);
    await patient.sees(NUMBER, patient.main.locator('mark'));
    await patient.looks('personal-details');
    const leaveOut = patient.main.locator('button[name="action"][value="mask"]');
    await patient.tabsTo(leaveOut);
    await patient.press(leaveOut);
    await patient.sees('[phone number left out]', act.post(patient, 'Lapwing'));
    await patient.looks('thread-left-out');
  }, { js: false });
  await visit(async (visitor) => {
    await visitor.go(story.thread);
    await visitor.sees('[phone number left out]');
    await visitor.seesNothingOf(NUMBER);
  });
});

step('what an author sends as it is, a moderator publishes with the marked text left out', async () => {
  await member('Slow Stairs', async (patient) => {
    await act.reply(patient, left('thread'), `Or write to walks@example.org. Whitethroat.`);
    await patient.press(patient.button(/send it as it is/i));
    await patient.sees(/reads it before others/i);
  }, { js: false });
  await visit(async (moderator) => {
    const item = await act.openItem(moderator, 'Whitethroat');
    await act.claim(moderator);
    await moderator.go(item);
    await moderator.sees('walks@example.org', moderator.main.locator('mark'));
    await moderator.sees(/Leaves out “walks@example.org”/);
    await moderator.looks('desk-item-personal');
    await act.decide(moderator, 'publish_masked', {});
    await moderator.go(item);
    await moderator.looks('desk-item-left-out');
  }, { role: 'moderator' });
  await visit(async (visitor) => {
    await visitor.go(story.thread);
    await visitor.sees('[e-mail address left out by a moderator]', act.post(visitor, 'Whitethroat'));
    await visitor.seesNothingOf('walks@example.org');
    await visitor.looks('thread-left-out-by-moderator');
  }, { js: false });
});

step('an admin reads the rules, and tries on every post what ending one would do', () =>
  visit(async (admin) => {
    await admin.go('/admin/rules');
    await admin.sees(/rules are in force/);
    await admin.looks('admin-rules');
    await admin.press(admin.link('Back-tests').first());
    await admin.press(admin.button('Start'), { status: 422 });
    await admin.sees(/please choose a rule/i);
    await admin.looks('admin-backtests-error');
    const rule = admin.main.locator('select[name="rule"]');
    await admin.main.locator('input[name="what"][value="retire"]').check();
    await rule.selectOption('pii.email');
    const start = admin.button('Start');
    await admin.tabsTo(start);
    await admin.press(start);
    const run = new URL(admin.page.url()).pathname;
    if (await admin.main.locator('progress').count()) await admin.looks('admin-backtest-running');
    await soon(async () => {
      await admin.go(`${run}?still=yes`);
      assert.equal(await admin.main.locator('progress').count(), 0, 'it runs still');
    }, 180);
    await admin.sees('It read every post.');
    await admin.main.locator('details summary').first().click();
    await admin.sees(/moderators kept back/i);
    await admin.looks('admin-backtest');
    // A post that it names can be opened.
    await admin.press(admin.main.locator('a[href^="/posts/"], a[href^="/desk/items/"]').first());
    await admin.go('/admin/rules/backtests');
    await admin.shows(admin.link(/if it were retired/));
    await admin.looks('admin-backtests');
  }, { role: 'admin', js: false }));
