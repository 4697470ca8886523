// Own segments, policies, decisions and experiments: who is where, what is done, why, and what came of it.
import { $, count, get, make, money, number, percent, some } from './parts.js';

const body = (id) => $(id).querySelector('tbody');
const row = (cells) => make('tr', cells.map((cell) => make('td', cell)));
const sum = (tallies, outcome) => tallies.filter((t) => t.outcome === outcome).reduce((all, t) => all + t.decisions, 0);
const units = {
  Amount: (v) => money(v), ShareOfValue: (v) => `${share(v)} of the value`, ShareOfValueAtRisk: (v) => `${share(v)} of the value at risk`,
};
const share = (v) => number(v, { style: 'percent', maximumFractionDigits: 1 });
const modes = { Shadow: 'looks on', Live: 'acts', Paused: 'paused', Stopped: 'stopped' };
const verdicts = {
  Better: 'Decided: better', Worse: 'Decided: worse', Harmed: 'Decided: it harms', NoEffectFound: 'Decided: no effect found',
  Undecided: 'Not decided',
};

// Links lead into the page: the customer's card.
function customer(text) {
  const [kind, id] = [text.slice(0, 2), text.slice(2)];
  return kind === 'c:' ? make('a', id, { href: `#${encodeURIComponent(id)}` }) : make('span', `visitor ${id}`);
}

function effect(e) {
  if (!e) return null;
  const range = e.sd > 0 ? ` ± ${e.unit === 'Amount' ? money(1.96 * e.sd) : share(1.96 * e.sd)}` : '';
  return [units[e.unit](e.mean), make('small', `${e.source === 'Measured' ? 'measured' : 'assumed'}${range}`)];
}

async function showSegments() {
  const [{ segments, progress }, moved] = await Promise.all([get('api/v1/own-segments'), get('api/v1/transitions/today')]);
  const today = Object.fromEntries(moved.map((m) => [m.segment, m]));
  $('own').hidden = !segments.length;
  $('own-note').textContent = progress < 1 ? `${percent(progress)} of the customers have been looked at by the present rules.` : '';
  body('own').replaceChildren(...segments.map(({ definition: d, total }) => {
    const m = today[d.segment] ?? { entered: 0, left: 0 };
    return row([
      [d.segment, make('small', d.description || d.rule)], count(total.customers), money(total.predictedValue), money(total.revenueAtRisk),
      `+${count(m.entered)} −${count(m.left)}`,
    ]);
  }));
  return segments.length;
}

async function showPolicies() {
  const [{ policies, terms }, effects] = await Promise.all([get('api/v1/policies'), get('api/v1/outcomes/policies')]);
  const measured = Object.fromEntries(effects.map((e) => [e.subject, e.expected]));
  $('policies').hidden = !policies.length;
  $('kill').hidden = !terms.isStopped;
  body('policies').replaceChildren(...policies.map((p) => row([
    [p.policy, make('small', p.definition.name ?? '')], modes[p.mode], count(p.decisions.reduce((all, t) => all + t.decisions, 0)),
    p.mode === 'Shadow' ? [count(sum(p.decisions, 'Shadow')), make('small', 'would have')] : count(sum(p.decisions, 'Acted')),
    count(sum(p.decisions, 'HeldOut')), p.budget == null ? null : [money(p.spent), make('small', `of ${money(p.budget)}`)],
    effect(measured[`policy/${p.policy}`] ?? p.assumed),
  ])));
  return policies.length;
}

async function showDecisions() {
  const { decisions } = await get('api/v1/decisions?limit=15');
  $('decisions').hidden = !decisions.length;
  body('decisions').replaceChildren(...decisions.map((d) => row([
    new Date(d.at).toLocaleString(), customer(d.customer), d.policy, percent(d.inputs.facts.alive), d.sentence,
  ])));
}

function interval(primary, currencyOf) {
  const e = primary.anyTime;
  if (!e) return [primary.problem ? '–' : null, make('small', primary.problem ?? '')];
  const form = currencyOf.has(primary.metric) ? money : (v) => number(v, { maximumFractionDigits: 3 });
  const bound = (v, open) => v == null ? open : form(v);
  return [form(e.estimate), make('small', `between ${bound(e.lower, 'anything below')} and ${bound(e.upper, 'anything above')}`)];
}

const amounts = new Set(['Spend', 'Margin', 'ExpectedMargin']);

async function showExperiments() {
  const all = await get('api/v1/experiments');
  const shown = all.filter((e) => e.state !== 'Draft');
  const readings = await Promise.all(shown.map((e) => get(`api/v1/experiments/${e.definition.id}/reading`)));
  $('experiments').hidden = !shown.length;
  body('experiments').replaceChildren(...shown.flatMap((e, i) => {
    const reading = readings[i];
    const name = [e.definition.id, make('small', e.definition.hypothesis)];
    const units = reading.arms.map((a) => `${a.arm} ${count(a.matured)}`).join(', ');
    const waiting = reading.arms.reduce((sum, a) => sum + a.open, 0);
    const counts = [units, make('small', `${some(waiting, 'window')} still open`)];
    return reading.comparisons.length
      ? reading.comparisons.map((c) => row([name, c.primary.metric, counts, interval(c.primary, amounts), verdicts[c.verdict]]))
      : [row([name, e.definition.primary, counts, null, reading.remarks[0] ?? verdicts.Undecided])];
  }));
  return shown.length;
}

/** Shows them as they are now. A store that has none is told how to begin. */
export async function showActing() {
  if ($('acting').contains(document.activeElement)) return; // Not under someone's keyboard.
  const [segments, policies, , experiments] = await Promise.all([showSegments(), showPolicies(), showDecisions(), showExperiments()]);
  $('begin').hidden = Boolean(segments || policies || experiments);
}
