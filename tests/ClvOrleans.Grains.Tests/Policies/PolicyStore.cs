using System.Collections.Immutable;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Policies;
using ClvOrleans.Grains.Watches;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.Policies;

namespace ClvOrleans.Grains.Tests.Policies;

/// <summary>A store of a cluster with policies, without a control group unless a test asks for one.</summary>
internal sealed class PolicyStore(StoreCluster cluster, StoreId? id = null)
{
    private int _messages;

    public StoreId Id { get; } = id ?? cluster.NewStore();

    public IDecisions Decisions => cluster.Service<IDecisions>(0);

    private IPolicies Policies => cluster.Service<IPolicies>(0);

    public CustomerId Customer(string id) => CustomerId.OfUser(Id, id);

    /// <summary>Defines a policy that looks at page views, and has it act.</summary>
    public async Task DefineAsync(
        string id, string rest, PolicyMode mode = PolicyMode.Live, PolicyTerms? terms = null, string when = """{ "event": "PageViewed" }""",
        bool isHeardByAll = true)
    {
        var now = cluster.Time.GetUtcNow();
        var definition = $$"""{ "id": "{{id}}", "when": {{when}}, {{rest}} }""";
        var book = await Policies.ReadAsync(Id);
        Assert.True(await Policies.TryPutAsync(
            Id, new PolicyRecord { Id = new PolicyId(id), Definition = definition, At = now, Mode = mode, ModeSince = now },
            book.Revision));
        if (book.Terms.Revision == 0 || terms is not null)
        {
            Assert.True(await Policies.TryPutTermsAsync(
                Id, (terms ?? PolicyTerms.Default with { Control = new ControlGroup(0) }) with { Revision = book.Terms.Revision }));
        }

        Forget(isHeardByAll);
    }

    public async Task SetModeAsync(string id, PolicyMode mode)
    {
        Assert.True(await Policies.SetModeAsync(Id, new PolicyId(id), mode, cluster.Time.GetUtcNow()));
        Forget();
    }

    /// <summary>An offer in a slot that costs 2.00 and is expected to bring 10.00.</summary>
    public static string Offer(
        string budget = """{ "amount": 1000 }""", string more = "\"holdout\": 0, \"exploration\": 0", string topic = "news") => $$"""
        "do": { "channel": "slot", "topic": "{{topic}}", "cost": 2, "effect": { "amount": 10 } }, "budget": {{budget}}, {{more}}
        """;

    public Task ConsentAsync(CustomerId customer, bool isGranted = true) =>
        RecordAsync(new RoutedEvent(customer, Event(EventKind.ConsentChanged) with
        {
            Consents = ImmutableSortedDictionary<string, bool>.Empty.Add("marketing", isGranted),
        }));

    public Task PageAsync(CustomerId customer) => RecordAsync(new RoutedEvent(customer, Event(EventKind.PageViewed)));

    public Task OrderAsync(CustomerId customer, string order) => RecordAsync(Sent.Order(customer, order, 5_000));

    public async Task RecordAsync(params RoutedEvent[] events)
    {
        foreach (var outcome in await cluster.Router().RecordAsync([.. events]))
        {
            Assert.Contains(outcome.Kind, new[] { OutcomeKind.Recorded, OutcomeKind.Duplicate });
        }
    }

    /// <summary>Has everything decided that is due now, as the watches of the silos do.</summary>
    public async Task SettleAsync()
    {
        var port = cluster.Service<IDecisions>(0);
        for (var tries = 0; ; tries++)
        {
            IReadOnlyList<int> due;
            try
            {
                due = await port.FindDueShardsAsync(Id, cluster.Time.GetUtcNow());
                if (due.Count == 0)
                {
                    return;
                }

                await Task.WhenAll(due.Select(shard => cluster.Grains.GetDecisions(Id, shard).SettleAsync()))
                    .WaitAsync(StoreCluster.LongestRun);
            }
            catch (Exception e) when (e is IOException or SiloUnavailableException or OrleansMessageRejectionException or TimeoutException)
            {
                // The next watch.
            }

            Assert.True(tries < 100_000, "It does not come to an end.");
        }
    }

    public async Task<IReadOnlyList<DecisionRecord>> DecidedAsync() => await Decisions.ReadAsync(Id, 0, 1_000_000);

    public CustomerEvent Event(EventKind kind) => Sent.Event($"m{Interlocked.Increment(ref _messages)}", kind, 0);

    private void Forget(bool isHeardByAll = true)
    {
        for (var silo = 0; silo < (isHeardByAll ? cluster.Silos.Count : 1); silo++)
        {
            cluster.Service<PolicyCache>(silo).Forget(Id);
            cluster.Service<WatchCache>(silo).Forget(Id);
        }
    }
}
