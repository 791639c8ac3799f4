// A person in Debian's Chromium: what they do, what they see, and everything about a page that must never go wrong.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

const OUT = path.join(import.meta.dirname, 'out');
const WIDTHS = [320, 1280];
const SCHEMES = ['light', 'dark'];
const PATIENCE = 10_000;
// A list of help lines goes on for metres; a picture of its beginning tells enough.
const TALLEST = 6000;
// Without movement a picture is never taken halfway between two colours.
const CALM = { locale: 'en-GB', viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' };

// The second half keeps Chromium from calling its maker, which a closed network refuses many times over.
const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

export function launch() {
  return chromium.launch({ executablePath: process.env.AFTERCARE_CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}

/// Somebody with a browser of their own: `js: false` is the old phone, or the person who switched it off. Their pictures go to
/// the folder `album` of out/.
export async function person(browser, url, { js = true, album = '' } = {}) {
  const context = await browser.newContext({
    baseURL: url, javaScriptEnabled: js, ...CALM,
  });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const faults = watch(page, new URL(url).origin);
  return new Person({ browser, context, page, faults, js, url, pictures: path.join(OUT, album) });
}

/// Notes what no visit may cause: errors in the console, requests to anybody else, answers that say "error".
function watch(page, origin) {
  const faults = { list: [], allowed: new Set() };
  const note = (what) => faults.list.push(`${what}  (on ${page.url()})`);
  page.on('pageerror', (error) => note(`script error: ${error.message}`));
  page.on('console', (message) => {
    const status = /status of (\d{3})/.exec(message.text())?.[1];
    if (message.type() === 'error' && !faults.allowed.has(Number(status))) note(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) note(`request to another origin: ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    // Whoever goes on to the next page leaves what was still on its way, the icon for one.
    if (why !== 'net::ERR_ABORTED') note(`failed: ${request.url()} ${why}`);
  });
  page.on('response', (response) => {
    const status = response.status();
    if (status >= 400 && !faults.allowed.has(status)) note(`${status} from ${response.url()}`);
  });
  return faults;
}

class Person {
  constructor(parts) {
    Object.assign(this, parts);
  }

  /// The part of the page that is not navigation.
  get main() {
    return this.page.getByRole('main');
  }

  async go(address, { status = 200 } = {}) {
    if (status >= 400) this.faults.allowed.add(status);
    const response = await this.page.goto(address);
    assert.equal(response.status(), status, `GET ${address}`);
  }

  /// Presses a button or link and waits for the page that answers.
  async press(target, { status = 200, patience = PATIENCE } = {}) {
    if (status >= 400) this.faults.allowed.add(status);
    const [response] = await Promise.all([this.page.waitForNavigation({ timeout: patience }), target.click({ timeout: patience })]);
    assert.equal(response.status(), status, `${response.request().method()} ${response.url()}`);
    return response;
  }

  field(words, within = this.main) {
    return within.getByLabel(words).and(this.page.locator('input, textarea, select'));
  }

  button(words, within = this.main) {
    return within.getByRole('button', { name: words });
  }

  link(words, within = this.main) {
    return within.getByRole('link', { name: words });
  }

  async sees(words, within = this.main) {
    try {
      await within.getByText(words).first().waitFor({ state: 'visible' });
    } catch {
      assert.fail(`${this.page.url()} does not show ${words}:\n${(await within.innerText()).slice(0, 2000)}`);
    }
  }

  async shows(target) {
    await target.first().waitFor({ state: 'visible' });
  }

  /// Not on the page at all: not hidden by style, not in an attribute.
  async seesNothingOf(words) {
    const html = await this.page.content();
    assert.ok(!html.includes(words), `${this.page.url()} holds “${words}”`);
  }

  /// Looks at the page as it stands: both widths in both schemes, no sideways scrolling, screenshots in out/. Axe looks once in
  /// each width and once in each scheme.
  async looks(name) {
    const page = this.js ? this.page : await this.twin();
    await mkdir(this.pictures, { recursive: true });
    for (const scheme of SCHEMES) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `${name}: ${wide} px of content at ${width} px`);
        const height = Math.min(await page.evaluate(() => document.documentElement.scrollHeight), TALLEST);
        await page.screenshot({
          path: path.join(this.pictures, `${name}-${width}-${scheme}.png`), fullPage: true, clip: { x: 0, y: 0, width, height },
        });
        if ((scheme === 'light') === (width === WIDTHS[0])) {
          assert.deepEqual(await axeComplaints(page), [], `axe on ${name}, ${width} px, ${scheme}`);
        }
      }
    }
    await page.emulateMedia({ colorScheme: null });
    if (!this.js) await page.context().close();
  }

  /// The same HTML at the same address in a browser that runs scripts: axe is a script, and the answer to a form
  /// cannot be asked for again.
  async twin() {
    const html = await this.page.content();
    const address = this.page.url();
    const context = await this.browser.newContext({
      storageState: await this.context.storageState(), ...CALM,
    });
    const page = await context.newPage();
    watch(page, new URL(this.url).origin).list = this.faults.list;
    await page.route(
      (asked) => asked.href.split('#')[0] === address.split('#')[0],
      (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }),
    );
    await page.goto(address);
    return page;
  }

  /// Tab alone reaches the target, and every stop on the way shows where one is.
  async tabsTo(target, most = 60) {
    const wanted = await target.elementHandle();
    const stops = [];
    for (let press = 0; press < most; press += 1) {
      await this.page.keyboard.press('Tab');
      const { here, name, shown } = await wanted.evaluate(focusOn);
      stops.push(name);
      assert.ok(shown, `focus cannot be seen on “${name}” at ${this.page.url()}`);
      if (here) return stops;
    }
    return assert.fail(`${most} presses of Tab do not reach the main action; they went: ${stops.join(' · ')}`);
  }

  /// Goes to a page and answers the bytes that came over the wire for it, by kind. To be a first visit it must be the first page.
  async weighs(address) {
    const came = [];
    this.page.on('response', (response) => came.push(response));
    await this.go(address);
    await this.page.waitForLoadState('networkidle');
    const bytes = {};
    for (const response of came) {
      const kind = response.headers()['content-type'].split(';')[0];
      bytes[kind] = (bytes[kind] ?? 0) + (await response.request().sizes()).responseBodySize;
    }
    return bytes;
  }

  /// Ends the visit; whatever went wrong in it fails the test here.
  async leaves() {
    await this.context.close();
    assert.deepEqual(this.faults.list, []);
  }
}

async function axeComplaints(page) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`);
}

// Runs in the page.
function focusOn(wanted) {
  const now = document.activeElement;
  const style = getComputedStyle(now);
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  return {
    here: now === wanted,
    name: (now.getAttribute('aria-label') ?? now.innerText ?? now.name ?? '').trim().slice(0, 40) || now.tagName,
    shown: ring || style.boxShadow !== 'none' || now === document.body,
  };
}

const LIGHT = 40_000;

/// What a first visit to this page brings over the wire fits through a thin line; `t` tells how much it was.
export async function isLight(visitor, address, t) {
  const bytes = await visitor.weighs(address);
  const all = Object.values(bytes).reduce((sum, some) => sum + some, 0);
  t.diagnostic(`${all} bytes: ${Object.entries(bytes).map(([kind, some]) => `${kind} ${some}`).join(', ')}`);
  assert.ok(bytes['text/html'] && bytes['text/css'], 'a page without style was weighed');
  assert.ok(all <= LIGHT, `${all} bytes at the first visit`);
}

/// Asks again until it holds: what the outbox carries (search, notices) arrives a moment later.
export async function soon(check, seconds = 15) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((done) => setTimeout(done, 300));
    }
  }
}
