import { showActing } from './acting.js';
import { $, count, figure, get, make, money, number, percent, setCurrency, some } from './parts.js';

const measures = {
  predictedValue: ['Predicted value', (v) => money(v)], customers: ['Customers', (v) => count(v)],
  historicValue: ['Historic value', (v) => money(v)], revenueAtRisk: ['Revenue at risk', (v) => money(v)],
};
// Under their names of the API and the terminal.
const tiers = { 'top-1': 'best 1 %', 'top-5': '1–5 %', 'top-10': '5–10 %', 'top-25': '10–25 %', 'top-50': '25–50 %', rest: 'the other half' };
const lifecycles = { new: 'New', active: 'Active', cooling: 'Cooling', 'at-risk': 'At risk', lost: 'Lost' };
let report, failed = false, seen, refused = 0, pastOf;

async function refresh() {
  if (document.hidden) return;
  try {
    const day = $('asof').value;
    report = await get(`api/v1/segments${day && `?asOf=${day}`}`);
    failed = false;
    setCurrency(report.currency);
    showReport();
    await Promise.all([showSilence(), showRefused(), showSources(), showActing(), showPast()]);
  } catch (error) {
    failed = true;
    $('age').textContent = `Not reachable: ${error.message}`;
  }
  $('age').className = failed ? 'failed' : '';
}

const between = (interval) => `${percent(interval.level)}: between ${money(interval.lower)} and ${money(interval.upper)}`;

function showReport() {
  const { age, total } = report;
  const waiting = age.waiting ? ` · ${count(age.waiting)} estimates are being renewed, the oldest of ${age.oldestEstimate}` : ` · estimates of ${age.oldestEstimate}`;
  const text = $('asof').value ? `As of ${report.asOf}, by model ${report.modelVersion}`
    : `Figures of ${new Date(age.at).toLocaleTimeString()}${waiting} · model ${report.modelVersion}`;
  if ($('age').textContent !== text) $('age').textContent = text;
  const prospects = report.segments.find((s) => s.name === 'prospect');
  const noOne = !total.customers;
  $('totals').replaceChildren(
    figure('Customers', count(total.customers), prospects && `and ${some(prospects.customers, 'visitor')} who have not bought`),
    figure('Historic value', money(total.historicValue), `${money(total.historicMargin)} margin`),
    figure(`Predicted, ${report.horizonDays} days`, money(total.predictedValue), total.predictedInterval ? between(total.predictedInterval) : ''),
    figure('Purchase days expected', count(total.expectedPurchaseDays), `in ${report.horizonDays} days`),
    figure('Revenue at risk', money(total.revenueAtRisk), 'what those who may have left would have brought'),
    figure('Average order', money(total.averageOrderValue), some(total.orders, 'order')),
    figure('Average P(alive)', noOne ? '–' : percent(total.averageProbabilityAlive), 'the probability of not having left for good'));
  showSegments();
}

function showSegments() {
  if ($('segments').contains(document.activeElement)) return; // Not under someone's keyboard.
  const measure = $('measure').value;
  const format = measures[measure][1];
  const greatest = Math.max(...report.segments.filter((s) => s.tier).map((s) => s[measure]), 1e-9);
  const sum = (rows) => format(rows.reduce((total, row) => total + row[measure], 0));
  const from = Object.fromEntries(report.tiers.map((t) => [t.tier, t.from]));
  $('segments').tHead.replaceChildren(make('tr', [make('th', 'Lifecycle', { scope: 'col' }),
    ...Object.keys(tiers).map((t) => make('th', [t, make('small', tiers[t])], { scope: 'col', title: from[t] == null ? '' : `from ${money(from[t])} predicted` })),
    make('th', 'All', { scope: 'col' })]));
  const rows = Object.keys(lifecycles).map((lifecycle) => {
    const cells = report.segments.filter((s) => s.lifecycle === lifecycle);
    const whole = cells.find((s) => !s.tier); // With noise, tiers are not told.
    if (whole) return make('tr', [make('th', lifecycles[lifecycle], { scope: 'row' }), ...Object.keys(tiers).map(() => make('td', '–')), make('td', format(whole[measure]))]);
    return make('tr', [make('th', lifecycles[lifecycle], { scope: 'row' }), ...cells.map((segment) => {
      const button = make('button', [format(segment[measure]), make('small', some(segment.customers, 'customer'))], { type: 'button' });
      if (measure === 'predictedValue' && segment.customers) button.title = between(segment.predictedInterval);
      button.style.setProperty('--share', Math.sqrt(segment[measure] / greatest));
      button.onclick = () => showList(segment.name);
      button.disabled = Boolean($('asof').value); // Lists are of today.
      return make('td', button, { class: 'cell' });
    }), make('td', sum(cells))]);
  });
  const all = Object.keys(tiers).map((tier) => make('td', report.noise ? '–' : sum(report.segments.filter((s) => s.tier === tier))));
  $('segments').tBodies[0].replaceChildren(...rows, make('tr', [make('th', 'All', { scope: 'row' }), ...all, make('td', format(report.total[measure]))]));
}

async function showList(segment) {
  const page = await get(`api/v1/customers?segment=${encodeURIComponent(segment)}&limit=20`);
  $('list').querySelector('tbody').replaceChildren(...page.customers.map((c) => {
    const open = make('button', c.customer, { type: 'button' });
    open.onclick = () => { location.hash = encodeURIComponent(c.customer); };
    return make('tr', [open, c.segment, money(c.historic), money(c.predicted), money(c.atRisk), percent(c.probabilityAlive), c.lastSeen].map((v) => make('td', v)));
  }));
  $('list-title').textContent = `${segment}: ${page.next ? 'the first 20' : count(page.customers.length)} by predicted value`;
  $('list').hidden = false;
  $('list-title').focus();
}

// What each input adds, as bars beside a common zero, and what the last moves did.
function explain(why) {
  const most = Math.max(...why.contributions.map((c) => Math.abs(c.amount)), 1e-9);
  const signed = (v) => (v > 0 ? '+' : '') + money(v);
  const [first, others] = [why.contributions.slice(0, 10), why.contributions.slice(10)];
  const row = (c, label = c.phrase) => {
    const bar = make('span', '', { class: c.amount < 0 ? 'bar less' : 'bar' });
    bar.style.setProperty('--share', Math.min(1, Math.abs(c.amount) / most));
    return make('tr', [make('td', label), make('td', bar), make('td', signed(c.amount))]);
  };
  const rows = first.map((c) => row(c));
  if (others.length) {
    const open = make('button', `${some(others.length, 'other')} together: show them`, { type: 'button' });
    const together = row({ amount: others.reduce((sum, c) => sum + c.amount, 0) }, open);
    open.onclick = () => together.replaceWith(...others.map((c) => row(c)));
    rows.push(together);
  }
  const edge = (text, value) => make('tr', [make('td', text), make('td', ''), make('td', money(value))]);
  return [make('h4', 'Why'),
    make('table', make('tbody', [edge(why.baseline.meaning, why.baseline.value), ...rows, edge(`predicted, ${why.horizonDays} days`, why.value)]), { class: 'why' }),
    ...(why.moves.length ? [make('h4', 'What moved it'), make('ol', why.moves.toReversed().map((m) => make('li', [make('time', m.to), ` ${m.sentence}`])))] : [])];
}

// After an import of old data every customer is lost by now: say of when the data are, and offer that day.
async function showSilence() {
  const today = report.asOf;
  if ($('asof').value) { $('silence').hidden = true; return; }
  seen ??= (await get('api/v1/customers?sort=lastSeen&limit=1')).customers[0]?.lastSeen;
  $('silence').hidden = !seen || (Date.parse(today) - Date.parse(seen)) / 86_400_000 <= 30;
  if ($('silence').hidden || $('silence').childElementCount) return;
  const show = make('button', 'Show that day', { type: 'button' });
  show.onclick = () => { $('asof').value = seen; refresh(); };
  $('silence').replaceChildren(`These are figures as of today, ${today}; the last event is of ${seen}. `, show);
}

const refusedOf = (c) => c.letters + (c.beyond ?? 0); // Beyond a quota they are only counted.

async function showRefused() {
  const { open } = await get('api/v1/dead-letters?open=true&limit=1');
  const total = open.reduce((sum, c) => sum + refusedOf(c), 0);
  $('refused-link').hidden = !total;
  $('refused-link').textContent = some(total, 'refused event');
  if (total !== refused && !$('refused').hidden) await listRefused();
  refused = total;
}

// What the store was told earlier, once the days of it have passed: that changes at night.
async function showPast() {
  const now = new Date().getHours();
  if (now === pastOf) return;
  const { horizons, predictions } = await get('api/v1/predictions');
  const passed = predictions.filter((p) => p.group === 'total' && p.actual != null);
  $('past').hidden = !passed.length;
  $('past-note').textContent = horizons.filter((h) => h.group === 'total' && h.levelError != null).map((h) =>
    `${h.days} days: ${some(h.predictions, 'prediction')}, off by ${percent(h.levelError)}, ${percent(h.held)} within; ` +
    `of customers ${percent(h.customersAbove)} above, ${percent(h.customersBelow)} below.`).join(' ');
  pastOf = now;
  $('past').querySelector('tbody').replaceChildren(...passed.slice(0, 12).map((p) => make('tr', [
    p.madeOn, p.until, money(p.expected), `${money(p.interval.lower)} and ${money(p.interval.upper)}`, money(p.actual), p.isHeld ? 'yes' : 'no',
  ].map((v) => make('td', v)))));
}

async function showSources() {
  const { sources } = await get('api/v1/sources');
  $('sources').querySelector('tbody').replaceChildren(...sources.map((s) => make('tr', [
    s.name, s.kind, s.lastSeen ? new Date(s.lastSeen).toLocaleString() : 'never', count(s.accepted), count(s.duplicates),
    s.refused.map((r) => `${r.code} ${count(r.events)}`).join(', ') || '0',
  ].map((v) => make('td', v)))));
}

async function listRefused() {
  const page = await get('api/v1/dead-letters?open=true&limit=50');
  $('reasons').replaceChildren(...page.open.map((c) => make('li', `${c.code}, from ${c.source}: ${count(refusedOf(c))}`)));
  $('refused').querySelector('tbody').replaceChildren(...page.letters.map((l) =>
    make('tr', [new Date(l.receivedAt).toLocaleString(), l.source, l.message, l.event.slice(0, 300)].map((v) => make('td', v)))));
  $('refused').hidden = !page.letters.length;
  $('refused').scrollIntoView();
}

async function showCustomer() {
  const id = decodeURIComponent(location.hash.slice(1));
  const card = $('card');
  card.hidden = !id;
  if (!id) return;
  $('id').value = id;
  const horizon = $('horizon').value;
  try {
    const of = (what) => get(`api/v1/customers/${encodeURIComponent(id)}/${what}${horizon && `?horizon=${horizon}`}`);
    const [v, why] = await Promise.all([of('clv'), of('explanation').catch(() => null)]); // Not every model explains itself.
    setCurrency(v.currency);
    const { historic, predicted } = v;
    const next = predicted.nextOrderOn;
    card.replaceChildren(make('h3', v.customer), make('dl', [
      figure('Total value', money(v.totalValue), v.segment),
      figure('Historic', money(historic.net), `${some(historic.orders, 'order')}, ${money(historic.margin)} margin`),
      figure(`Predicted, ${v.horizonDays} days`, money(predicted.value), between(predicted.interval)),
      figure('Expected purchase days', number(predicted.expectedPurchaseDays, { maximumFractionDigits: 2 }), `no purchase at all: ${percent(predicted.probabilityOfNoOrder)}`),
      figure('P(alive)', percent(predicted.probabilityAlive), predicted.probabilityAlive == null ? 'nothing bought yet' : `has left for good: ${percent(predicted.churnProbability)}`),
      figure('Next order', next?.median ?? (next ? 'rather never' : null), next?.early && `${next.early} to ${next.late ?? 'never'}`),
    ], { class: 'figures' }), ...(why ? explain(why) : []),
    make('p', make('a', 'The shop as this customer sees it', { href: `storefront#${encodeURIComponent(id)}` })),
    make('p', `As of ${v.asOf} from ${some(v.revision, 'event')}, by model ${v.modelVersion}.`, { class: 'note' }));
  } catch (error) {
    card.replaceChildren(make('p', error.message, { class: 'error' }));
  }
}

$('measure').append(...Object.entries(measures).map(([key, [title]]) => make('option', title, { value: key })));
$('measure').onchange = showSegments;
$('asof').onchange = refresh;
$('refused-link').onclick = (event) => { event.preventDefault(); listRefused(); };
$('search').onsubmit = (event) => {
  event.preventDefault();
  const hash = `#${encodeURIComponent($('id').value)}`;
  if (hash === location.hash) showCustomer(); else location.hash = hash;
};
$('horizon').onchange = showCustomer;
onhashchange = showCustomer;
document.onvisibilitychange = refresh;
await refresh();
await showCustomer();
setInterval(refresh, 3000);
