// Sends what a shop sends with one of the published clients: identify, behaviour, an order and its partial refund.
// Usage: node send.mjs segment|rudder ADDRESS WRITE_KEY CUSTOMER
import { Analytics } from '@segment/analytics-node';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';

const [client, address, writeKey, userId] = process.argv.slice(2);
const analytics = client === 'segment'
  ? new Analytics({ writeKey, host: address, flushAt: 2 })
  : new RudderAnalytics(writeKey, { dataPlaneUrl: address, flushAt: 2 });

analytics.page({ anonymousId: `browser-${userId}`, name: 'Home', properties: { path: '/' } });
analytics.identify({ userId, anonymousId: `browser-${userId}`, traits: { email: `${userId}@example.com` } });
analytics.track({ userId, event: 'Product Viewed', properties: { product_id: 'p1', category: 'mugs', price: 12.5 } });
analytics.track({ userId, event: 'Order Completed', properties: { order_id: `${userId}-1`, revenue: 25, currency: 'USD' } });
analytics.track({ userId, event: 'Order Refunded', properties: { order_id: `${userId}-1`, total: 10, currency: 'USD' } });

// The RudderStack client needs no closing: the process ends when its requests have.
if (client === 'segment') {
  await analytics.closeAndFlush();
} else {
  analytics.flush();
}
