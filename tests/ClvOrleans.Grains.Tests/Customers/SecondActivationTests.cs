using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.GrainDirectory;

namespace ClvOrleans.Grains.Tests.Customers;

/// <summary>
/// Invariant 4: whatever brings about a second writer of a customer, the journal fences one of them off and nothing of it stays.
/// </summary>
public sealed class SecondActivationTests(SecondActivationTests.SplitCluster cluster) : IClassFixture<SecondActivationTests.SplitCluster>
{
    // More than a snapshot's distance, so that a fold that was given up would be kept as a snapshot.
    private const int Many = 70;
    [Fact]
    public async Task A_writer_behind_the_back_loses_nothing_of_either()
    {
        var customer = User("behind");
        await cluster.Router().RecordAsync([Order(customer, "first")]);
        var behind = Orders(customer, "behind").Select(e => e.Event).ToArray();
        var state = CustomerState.Fold([Order(customer, "first").Event, .. behind], AnyStore.SettingsOf(customer.Store));
        var head = (await cluster.Rows.FindAsync(customer))!;
        await cluster.Journal.AppendAsync(new CustomerCommit
        {
            Row = head with { Sequence = Many + 1, Summary = CustomerSummary.Of(state, AnyStore.SettingsOf(customer.Store)) },
            ExpectedSequence = 1,
            Events = [.. behind],
            ClaimedOrders = [.. behind.Select(e => e.OrderId!)],
        });

        var outcomes = await cluster.Router().RecordAsync(Orders(customer, "before"));
        Assert.All(outcomes, o => Assert.Equal(OutcomeKind.Recorded, o.Kind));
        await cluster.AreAsync(customer, (2 * Many) + 1);
        await cluster.DeactivateAsync(customer);
        await cluster.AreAsync(customer, (2 * Many) + 1);
    }

    [Fact]
    public async Task Two_activations_of_a_split_directory_lose_nothing()
    {
        var splits = 0;
        for (var i = 0; i < 12; i++)
        {
            var customer = User($"split{i}");
            await RecordAsync(0, customer, "a");
            cluster.Directory.Forget(cluster.Grains.GetCustomer(customer).GetGrainId());
            await RecordAsync(1, customer, "b");
            splits += await cluster.CountActivationsAsync(customer) > 1 ? 1 : 0;
            await Task.WhenAll(RecordAsync(0, customer, "c"), RecordAsync(1, customer, "d"));
            await cluster.AreAsync(customer, 4 * Many);
            await cluster.DeactivateAsync(customer);
            await cluster.AreAsync(customer, 4 * Many);
        }

        Assert.NotEqual(0, splits);
    }

    [Fact]
    public async Task Two_processes_over_one_folder_lose_nothing()
    {
        await using var second = new SameFolder(cluster.JournalPath);
        await second.InitializeAsync();
        for (var i = 0; i < 10; i++)
        {
            var customer = User($"folder{i}");
            for (var round = 0; round < 2; round++)
            {
                await Task.WhenAll(
                    SendUntilDoneAsync(cluster.Router(), Orders(customer, $"one{round}")),
                    SendUntilDoneAsync(second.Router(), Orders(customer, $"two{round}")));
            }

            await second.DeactivateAsync(customer);
            await cluster.DeactivateAsync(customer);
            await cluster.AreAsync(customer, 4 * Many);
            await second.AreAsync(customer, 4 * Many);
        }
    }

    [Fact]
    public async Task An_identity_without_events_that_moves_behind_the_back_of_its_grain_takes_no_event_of_its_own()
    {
        var user = User("taker");
        var visitor = CustomerId.OfVisitor(user.Store, "empty");
        Assert.Equal(0, (await cluster.Grains.GetCustomer(visitor).ViewAsync(null)).Revision);
        await cluster.Router().RecordAsync([Order(user, "taker0")]);
        var head = (await cluster.Rows.FindAsync(user))!;
        await cluster.Journal.AppendAsync(new CustomerCommit { Row = head, ExpectedSequence = 1, Merged = new IdentityMerge(visitor, 0) });

        Assert.Equal(OutcomeKind.Recorded, Assert.Single(await cluster.Router().RecordAsync([Order(visitor, "taker1")])).Kind);
        await cluster.AreAsync(user, 2);
        Assert.Empty(await cluster.Journal.ReadAsync(visitor, 0));
    }

    [Fact]
    public async Task A_killed_silo_loses_nothing_that_was_acknowledged()
    {
        await using var own = new StoreCluster();
        await own.InitializeAsync();
        var customers = Enumerable.Range(0, 20).Select(i => CustomerId.OfUser(own.NewStore(), $"u{i}")).ToArray();
        var sending = customers.Select(c => SendUntilDoneAsync(own.Router(), Orders(c, c.Id))).ToArray();
        await own.Cluster.KillSiloAsync(own.Silos[1]);
        await Task.WhenAll(sending);
        foreach (var customer in customers)
        {
            await own.AreAsync(customer, Many);
        }
    }

    private static RoutedEvent Order(CustomerId customer, string order) => Sent.Order(customer, order, 1);

    private static RoutedEvent[] Orders(CustomerId customer, string name) =>
        [.. Enumerable.Range(0, Many).Select(i => Order(customer, $"{customer.Id}-{name}-{i}"))];

    private static async Task SendUntilDoneAsync(EventRouter router, RoutedEvent[] events)
    {
        while ((await router.RecordAsync(events)).Any(o => o.Kind == OutcomeKind.Failed))
        {
            await Task.Yield();
        }
    }

    private async Task RecordAsync(int silo, CustomerId customer, string name) => Assert.All(
        await cluster.Router(silo).RecordAsync(Orders(customer, name)), o => Assert.Equal(OutcomeKind.Recorded, o.Kind));

    // In a store of their own, whose shard holds nobody else.
    private CustomerId User(string id) => CustomerId.OfUser(cluster.NewStore(), id);

    public sealed class SplitCluster : StoreCluster
    {
        internal ForgetfulDirectory Directory { get; } = new();

        protected override void Configure(IServiceCollection services) => services.AddSingleton<IGrainDirectoryResolver>(Directory);
    }

    private sealed class SameFolder(string path) : StoreCluster(new SqliteOptions { Path = path, FullySynchronous = false });
}
