// Sells without pause until a line comes in: a view and an order each time, to ten customers in turn. Then delivers the rest and
// prints how many orders there were.
// Usage: node orders.mjs ADDRESS WRITE_KEY
import { setTimeout } from 'node:timers/promises';
import { Analytics } from '@segment/analytics-node';

const [address, writeKey] = process.argv.slice(2);
const analytics = new Analytics({ writeKey, host: address, flushAt: 5 });
let selling = true;
process.stdin.once('data', () => { selling = false; process.stdin.destroy(); });
let orders = 0;
for (; selling; orders++) {
  const userId = `c${orders % 10}`;
  analytics.track({ userId, event: 'Product Viewed', properties: { product_id: 'p1' } });
  analytics.track({ userId, event: 'Order Completed', properties: { order_id: `o${orders}`, revenue: 1, currency: 'USD' } });
  await setTimeout(5);
}

await analytics.closeAndFlush({ timeout: 180_000 });
console.log(orders);
