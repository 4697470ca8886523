using System.Globalization;
using System.Text;
using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Deliveries;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Watches;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Storage.Conformance.Properties;

/// <summary>
/// All that the ports say of a store, as lines of text: two engines after the same operations say the same. Commit numbers and the numbers
/// of letters are left out, since the contract only orders them.
/// </summary>
internal sealed class StoreText(Ports ports, StoreId store)
{
    private readonly StringBuilder _text = new();

    public static async Task<string> OfAsync(
        Ports ports, StoreId store, IReadOnlyList<CustomerId> customers, IReadOnlyList<string> orders, IReadOnlyList<EventKey> keys)
    {
        var text = new StoreText(ports, store);
        foreach (var customer in customers)
        {
            await text.AddCustomerAsync(customer, customers, keys);
        }

        await text.AddOrdersAsync(orders);
        await text.AddShardsAsync(customers);
        await text.AddListsAsync();
        await text.AddRestAsync();
        return text._text.ToString();
    }

    private static string Lines<T>(IEnumerable<T> items, Func<T, string> text) =>
        string.Join(' ', items.Select(text).Order(StringComparer.Ordinal));

    private static string Text(IReadOnlyList<JournalEntry> entries) => string.Join(' ', entries.Select(e => e.Sequence));

    private static string Text(CustomerEvent e) => JsonSerializer.Serialize(e, DomainJson.Default.CustomerEvent);

    private static string Text(CustomerSummary summary) => JsonSerializer.Serialize(summary, DomainJson.Default.CustomerSummary);

    private static string Text(CustomerRow? row) =>
        row is null ? "none" : $"{row.Id} {row.Sequence} {row.Contribution} {Text(row.Summary)} turns {row.TurnsOn:O} {Text(row.Watches)}";

    private static string Text(WatchState state) =>
        $"{state.Version} {state.IsBehind} {string.Join(' ', state.Standings.Select(s => s.ToString()))}";

    private static string Text(Transition transition) => JsonSerializer.Serialize(transition, ValuationJson.Default.Transition);

    private static string Text(CustomerId sender, CustomerEvent e) => $"{sender.ToText()} {e.MessageId} {e.OrderId}";

    private async Task AddCustomerAsync(CustomerId customer, IReadOnlyList<CustomerId> customers, IReadOnlyList<EventKey> keys)
    {
        var entries = await ports.Journal.ReadAsync(customer, 0);
        var known = await ports.Journal.KnownAsync(customer, keys);
        var rivals = await ports.Journal.FindRivalsAsync(customer);
        Add($"{customer} {await ports.Journal.FindTipAsync(customer)}");
        Add($"  is {rivals.Customer} against {Lines(rivals.Others, c => c.ToText())}");
        Add($"  events {Text(entries)}: {string.Join(' ', entries.Select(e => Text(e.Event)))}");
        Add($"  later {Text(await ports.Journal.ReadAsync(customer, 2))}, last {Text(await ports.Journal.ReadLastAsync(customer, 3))}");
        Add($"  known {Lines(known, k => $"{k.Source}/{k.MessageId}")}");
        Add($"  identities {Lines(await ports.Journal.FindIdentitiesAsync(customer), c => c.ToText())}");
        Add($"  row {Text(await ports.Rows.FindAsync(customer))}");
        Add($"  exposures {string.Join(' ', await ports.Exposures.OfCustomerAsync(customer))}");
        var past = await ports.Decisions.FindPastAsync(customer, default);
        Add($"  past {string.Join(' ', past.Decisions)} {string.Join(' ', past.Contacts)} {string.Join(' ', past.Enrolled)}");
        foreach (var other in customers)
        {
            var contested = await ports.Journal.ContestedAsync(customer, other);
            Add($"  contests {Lines(contested, c => Text(c.Sender, c.Event))}");
        }
    }

    private async Task AddOrdersAsync(IReadOnlyList<string> orders)
    {
        Add($"owners {Lines(await ports.Journal.FindOwnersAsync(store, orders), o => $"{o.Key}={o.Value.ToText()}")}");
        Add($"held {Lines(await ports.Journal.HeldAsync(store, orders), h => Text(h.Sender, h.Event))}");
    }

    private async Task AddShardsAsync(IEnumerable<CustomerId> customers)
    {
        var due = new EstimateTerms(new DateOnly(2026, 1, 1), 1, "");
        foreach (var shard in customers.Select(c => c.Shard).Distinct().Order())
        {
            var changes = await ports.Rows.ChangesAsync(store, shard, 0).ToListAsync();
            Add($"shard {shard} {string.Join(' ', changes.Select(c => $"{c.Customer} {c.Contribution}"))}");
            Add($"  ends there {await ports.Rows.FindCommitAsync(store, shard) == (changes.LastOrDefault()?.Commit ?? 0)}");
            Add($"  late {string.Join(' ', (await ports.Rows.LateAsync(store, shard, due, 0, 2).ToListAsync()).Select(l => l.Row.Id))}");
            Add(
                $"  turning {string.Join(' ', (await ports.Rows.LateAsync(store, shard, due, 0, 9, true).ToListAsync()).Select(l => l.Row.Id))}");
            Add($"  unsolved {string.Join(' ', (await ports.Rows.UnsolvedAsync(store, shard, 0, 9).ToListAsync()).Select(l => l.Row.Id))}");
            Add($"  transitions {string.Join(' ', (await ports.Transitions.ReadAsync(store, shard, 0, 5)).Select(Text))}");
            var history = await ports.History.ReadAsync(store, shard).ToListAsync();
            var byCustomer = history.OrderBy(h => h.Customer.ToText(), StringComparer.Ordinal);
            Add($"  history {string.Join(' ', byCustomer.Select(h => Text(h.Customer, h.Event)))}");
        }
    }

    private async Task AddListsAsync()
    {
        foreach (var sort in Enum.GetValues<CustomerRowSort>())
        {
            var query = new CustomerRowQuery(store, null, 0, 5, sort, 3, null, Buyers: sort == CustomerRowSort.AtRisk);
            for (var page = await ports.Rows.QueryAsync(query); ; page = await ports.Rows.QueryAsync(query with { After = page.Next }))
            {
                Add($"{sort} {string.Join(' ', page.Rows.Select(r => r.Id.ToText()))} {page.Next}");
                if (page.Next is null)
                {
                    break;
                }
            }
        }

        foreach (var segment in (SegmentId[])[new("a"), new("b"), new("c")])
        {
            var query = new CustomerRowQuery(store, null, 0, 5, CustomerRowSort.Predicted, 9, null, Segment: segment);
            Add($"{segment} {string.Join(' ', (await ports.Rows.MembersAsync(store, segment, null, 9)).Select(r => r.Id))}");
            Add($"  by value {string.Join(' ', (await ports.Rows.QueryAsync(query)).Rows.Select(r => r.Id))}");
        }

        Add($"transitions {Lines(await ports.Transitions.QueryAsync(new TransitionQuery(store, 1_000)), Text)}");
        Add($"segments {string.Join(' ', (await ports.Segments.ReadAsync(store)).All)}");
        Add($"spenders {Lines(await ports.Rows.SpendersAsync(store, new Money(500)).ToListAsync(), c => c.ToText())}");
        Add($"summaries {Lines(await ports.Rows.SummariesAsync(store).ToListAsync(), Text)}");
        Add($"sums {Lines(await ports.Rows.SumAsync(store), s => $"{s.Key} {s.Value}")}");
    }

    private async Task AddRestAsync()
    {
        foreach (var l in await ports.DeadLetters.ListAsync(store, new DeadLetterQuery(), 0, 1_000))
        {
            Add($"letter {l.MessageId} {l.Source} {l.Code} {l.ReceivedAt:O} {l.ReplayedAt:O} {l.Payload.Length}");
        }

        Add($"letters {string.Join(' ', await ports.DeadLetters.CountAsync(store))}");
        foreach (var version in await ports.Registry.ListAsync(store))
        {
            Add($"model {version.Id} {(await ports.Registry.FindAsync(store, version.Id))!.Body.Length}");
            var records = await ports.Predictions.ListAsync(store, version.Id);
            Add($"  predictions {string.Join(' ', records.Select(r => $"{r.MadeOn:O} {r.Groups[0]}"))}");
        }

        Add($"totals {Lines(await ports.Predictions.TotalsAsync(store, default), t => $"{t}")}");
        var champion = await ports.Registry.FindChampionAsync(store);
        Add($"champion {champion?.Version.Id} {champion?.Generation} of {string.Join(' ', await ports.Registry.PromotionsAsync(store))}");
        foreach (var training in await ports.Registry.TrainingsAsync(store, 5))
        {
            Add($"training {JsonSerializer.Serialize(training, ValuationJson.Default.TrainingRecord)}");
        }

        Add($"market {string.Join(' ', (await ports.Market.ReadAsync(store)).Entries.Values)}");
        foreach (var job in await ports.Jobs.ListAsync(store, 5))
        {
            Add($"{job} {(await ports.Jobs.FindAsync(store, job.Id))!.Result}");
        }

        Add($"open jobs {string.Join(' ', await ports.Jobs.OpenAsync(store, JobLane.Models))}");
        Add($"last job {(await ports.Jobs.FindLastAsync(store, JobKind.Drift, "a"))?.Id}");
        Add($"sources {Lines(await ports.Sources.ReadAsync(store), c => c.ToString())}");
        foreach (var r in await ports.Requests.ListAsync(store, 0, 1_000))
        {
            Add($"request {r with { Id = 0, Payload = default }} {Encoding.UTF8.GetString(r.Payload.Span)}");
        }

        foreach (var experiment in await ports.Experiments.ListAsync(store))
        {
            Add($"experiment {JsonSerializer.Serialize(experiment, ExperimentJson.Default.ExperimentRecord)}");
            var subject = Exposure.SubjectOf(experiment.Definition.Id);
            Add($"  exposed {string.Join(' ', await ports.Exposures.ReadAsync(store, subject).ToListAsync())}");
        }

        var book = await ports.Policies.ReadAsync(store);
        Add($"policies {book.Revision} {string.Join(' ', book.All)} {book.Terms.Revision} {book.Terms.IsStopped}");
        foreach (var record in await ports.Decisions.ReadAsync(store, 0, 1_000))
        {
            Add(
                $"decision {JsonSerializer.Serialize(record.Decision, PoliciesJson.Default.Decision)} {record.Charge} {record.GivenBackAt:O}");
        }

        Add($"decided {string.Join(' ', await ports.Decisions.CountAsync(store))}");
        var spending = await ports.Decisions.FindSpendingAsync(store, new DateOnly(2026, 3, 2));
        Add(
            $"spent {spending.Price} {Lines(spending.Spent.Where(s => s.Value > Money.Zero), s => s.ToString())} {string.Join(' ', spending.Candidates)}");
        foreach (var kept in (await ports.Deliveries.ListAsync(new DeliveryQuery(store), long.MaxValue, 1_000)).Reverse())
        {
            Add($"delivery {JsonSerializer.Serialize(kept.Delivery, DeliveryJson.Default.Delivery)}");
        }

        foreach (var subscription in await ports.Subscriptions.ListAsync(store))
        {
            Add($"subscription {JsonSerializer.Serialize(subscription, DeliveryJson.Default.Subscription)}");
        }

        Add($"effects {string.Join(' ', await ports.Experiments.EffectsAsync(store))}");
        var due = await ports.Exposures.DueAsync(store, new DateOnly(2100, 1, 1), new DateOnly(2026, 1, 1), 10);
        Add($"followed {await ports.Exposures.FollowedAsync(store)}");
        Add($"due {string.Join(' ', due.Select(e => e.Unit))}");
        Add($"stamps {Lines(await ports.Stamps.ReadAsync(), s => s.ToString())}");
        Add($"stores {Lines(await ports.Stamps.FindStoresAsync(), s => s.Value)}");
    }

    private void Add(FormattableString line) => _text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
