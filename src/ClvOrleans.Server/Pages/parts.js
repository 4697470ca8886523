// What the parts of the page share. Everything that comes from the store is written as text, never as markup: ids are whatever a client sent.
export const $ = (id) => document.getElementById(id);
let currency = 'USD';
export const setCurrency = (code) => { currency = code; };
export const number = (v, options) => new Intl.NumberFormat(undefined, options).format(v);
export const money = (v) => v == null ? '–' : number(v, { style: 'currency', currency, ...(v === 0 || Math.abs(v) >= 1000 ? { maximumFractionDigits: 0 } : {}) });
export const count = (v) => v == null ? '–' : number(v, { maximumFractionDigits: 0 });
export const some = (v, word) => `${count(v)} ${word}${v === 1 ? '' : 's'}`;
export const percent = (v) => v == null ? '–' : number(v, { style: 'percent', maximumFractionDigits: 0 });

export function make(name, content, attributes = {}) {
  const element = document.createElement(name);
  element.append(...[content ?? '–'].flat());
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

export const figure = (title, value, note) => make('div', [make('dt', title), make('dd', note ? [value, make('small', note)] : value)]);

// The store of the page's address (?store=), which only an installation of several needs.
const store = new URLSearchParams(location.search).get('store');
export async function get(path) {
  const reply = await fetch(path, { headers: { accept: 'application/json', ...(store ? { 'clv-store': store } : {}) } });
  const body = await reply.json();
  if (!reply.ok) throw new Error(body.detail ?? `Status ${reply.status}`);
  return body;
}
