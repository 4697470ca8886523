// Tells the story with a server's client, two events a batch, and prints the anonymous id under which it began.
// Usage: node server-side.mjs segment|rudder|rudder-plain ADDRESS WRITE_KEY CUSTOMER
import { Analytics } from '@segment/analytics-node';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import { story } from './story.mjs';

const [client, address, writeKey, userId] = process.argv.slice(2);
const analytics = client === 'segment'
  ? new Analytics({ writeKey, host: address, flushAt: 2 })
  : new RudderAnalytics(writeKey, { dataPlaneUrl: address, flushAt: 2, ...(client === 'rudder-plain' && { gzip: false }) });

const anonymousId = `browser-${userId}`;
let who = { anonymousId };
for (const [method, name, properties] of story(userId)) {
  if (method === 'identify') {
    analytics.identify({ userId, anonymousId, traits: properties });
    who = { userId };
  } else {
    analytics[method]({ ...who, [method === 'page' ? 'name' : 'event']: name, properties });
  }
}

// The RudderStack client needs no closing: the process ends when its requests have.
if (client === 'segment') {
  await analytics.closeAndFlush({ timeout: 120_000 });
} else {
  analytics.flush();
}

console.log(anonymousId);
