// Tells the story in a shop's page in Chromium, and prints the anonymous id under which it began once the service has answered for
// every event. The page has an origin of its own, so the browser asks the service's leave before it sends.
// Usage: node browser.mjs segment|segment-batching|rudder ADDRESS WRITE_KEY CUSTOMER CHROMIUM
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { launch } from './chromium.mjs';
import { story } from './story.mjs';

const [client, address, writeKey, userId, executablePath] = process.argv.slice(2);

// The published bundle, and what a shop writes before it.
const pages = {
  segment: {
    bundle: '@segment/analytics-next/dist/umd/standalone.js',
    head: snippet({}),
  },
  'segment-batching': {
    bundle: '@segment/analytics-next/dist/umd/standalone.js',
    head: snippet({ integrations: { 'Segment.io': { deliveryStrategy: { strategy: 'batching', config: { size: 2, timeout: 500 } } } } }),
  },
  rudder: {
    bundle: '@rudderstack/analytics-js/dist/npm/modern/bundled/umd/index.js',
    tail: `analytics = new rudderanalytics.RudderAnalytics(); analytics.load('${writeKey}', '${address}', { configUrl: '${address}' });`,
  },
};

// The part of Segment's snippet that matters here: calls wait in an array until the bundle has loaded; only the CDN is set.
function snippet(options) {
  return `analytics = []; analytics._writeKey = '${writeKey}'; analytics._cdn = '${address}'; analytics._loadOptions = ${JSON.stringify(options)};
    for (const m of ['ready', 'page', 'identify', 'track']) { analytics[m] = (...a) => { analytics.push([m, ...a]); }; }`;
}

const { bundle, head = '', tail = '' } = pages[client];
const shop = createServer(async (request, response) => {
  if (request.url === '/client.js') {
    response.setHeader('content-type', 'text/javascript').end(await readFile(`node_modules/${bundle}`));
  } else {
    response.setHeader('content-type', 'text/html')
      .end(`<!doctype html><title>Shop</title><script>${head}</script><script src="/client.js"></script><script>${tail}</script>`);
  }
});
await new Promise(resolve => { shop.listen(0, '127.0.0.1', resolve); });

const browser = await launch(executablePath);
try {
  const page = await browser.newPage();
  page.on('console', message => console.error(message.text()));
  const calls = story(userId);
  const delivered = new Set();
  const all = new Promise(resolve => {
    page.on('response', response => {
      const request = response.request();
      if (request.method() === 'POST' && response.ok()) {
        const body = request.postDataJSON();
        (body.batch ?? [body]).forEach(event => delivered.add(event.messageId));
        if (delivered.size === calls.length) {
          resolve();
        }
      }
    });
  });
  await page.goto(`http://localhost:${shop.address().port}/`);
  const anonymousId = await page.evaluate(async toldCalls => {
    await new Promise(resolve => { analytics.ready(resolve); });
    for (const [method, name, properties] of toldCalls) {
      // Both clients take a page's name first, as a page with a category would take two.
      analytics[method](name, properties);
    }
    const user = analytics.user?.();
    return user ? user.anonymousId() : analytics.getAnonymousId();
  }, calls);
  await all;
  console.log(anonymousId);
} finally {
  await browser.close();
  shop.close();
}
