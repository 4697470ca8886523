// What a shopper does, whatever the client: [method, name or event, properties].
export const story = userId => [
  ['page', 'Home', { path: '/' }],
  ['track', 'Products Searched', { query: 'mug' }],
  ['track', 'Product Viewed', { product_id: 'p1', category: 'mugs', price: 12.5 }],
  ['identify', userId, { email: `${userId}@example.com` }],
  ['track', 'Product Added', { product_id: 'p1', category: 'mugs', price: 12.5, quantity: 2 }],
  ['track', 'Checkout Started', { order_id: `${userId}-1`, revenue: 25, currency: 'USD' }],
  ['track', 'Order Completed', {
    order_id: `${userId}-1`, revenue: 25, total: 29.9, shipping: 4.9, currency: 'USD',
    products: [{ product_id: 'p1', category: 'mugs', price: 12.5, quantity: 2 }],
  }],
  ['page', 'Thank you', { path: '/thank-you' }],
  ['track', 'Product Reviewed', { product_id: 'p1', rating: '5' }],
  ['track', 'Order Refunded', { order_id: `${userId}-1`, total: 10, currency: 'USD' }],
];
