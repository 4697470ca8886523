// What a storefront does with the two answers about a customer; a shop can copy it. One call shortens the way, one fills the shelf.
import { $, get, make, money, percent, setCurrency } from './parts.js';

const of = (id, what) => get(`api/v1/customers/${encodeURIComponent(id)}/${what}?limit=5`);
const orders = { Descending: ', the dearest first', Ascending: ', the cheapest first' };
const texts = { cart: 'In your cart', wishlist: 'On your wishlist', viewed: 'You looked at' };

async function show() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!id) return;
  $('id').value = id;
  try {
    const [experience, recommendations] = await Promise.all([of(id, 'experience'), of(id, 'recommendations')]);
    setCurrency(experience.currency);
    $('next').textContent = `${experience.nextBestAction.kind}: ${experience.nextBestAction.text}`;
    $('categories').replaceChildren(...experience.categories.map((c) => make(
      'a', `${c.category} ${percent(c.share)}`, { href: '#' + encodeURIComponent(id) })));
    list('reorder', experience.reorder, (r) => [
      button(`${r.units} × ${r.product}`), ` ${r.isDue ? 'due since' : 'due'} ${r.dueOn}${price(r)}`]);
    list('explore', recommendations.explore, (r) => [button(r.product), `${price(r)} ${r.reasons[0].text}`]);
    section('offer', experience.offer && JSON.stringify(experience.offer.content), 'p');
    const saved = Object.entries(experience.savedSteps).filter(([, products]) => products.length);
    $('saved').hidden = !saved.length;
    $('saved').querySelector('dl').replaceChildren(...saved.flatMap(([step, products]) => [
      make('dt', texts[step]), make('dd', products.join(', '))]));
    const band = experience.priceBand;
    $('band').textContent = band ? `Usual prices: ${money(band.lower)} to ${money(band.upper)}${orders[band.order] ?? ''}` : '';
    $('fresh').textContent = `This may be kept for ${experience.cacheSeconds} s.`;
  } catch (error) {
    $('next').textContent = error.message;
  }
}

const price = (product) => product.price == null ? '' : ` ${money(product.price)}${product.promoted ? ' (special price)' : ''}`;

function button(text) {
  return make('button', text, { type: 'button' });
}

function section(id, text, part) {
  $(id).hidden = !text;
  $(id).querySelector(part).replaceChildren(text ?? '');
}

function list(id, products, line) {
  $(id).hidden = !products.length;
  $(id).querySelector('ul').replaceChildren(...products.map((p) => make('li', line(p))));
}

$('search').onsubmit = (event) => {
  event.preventDefault();
  const hash = `#${encodeURIComponent($('id').value)}`;
  if (hash === location.hash) show(); else location.hash = hash;
};
onhashchange = show;
await show();
