using System.Collections.Immutable;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Storage;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace ClvOrleans.Grains.Tests.Customers;

/// <summary>One customer's failure is the verdict of that customer's events, and nothing of what failed stays.</summary>
public sealed class FailedEventsTests(StoreCluster cluster) : IClassFixture<StoreCluster>, IDisposable
{
    private readonly StoreId _store = cluster.NewStore();

    public void Dispose() => cluster.Faults.Stop();

    [Fact]
    public async Task A_broken_customer_fails_alone_and_what_waited_behind_it_is_delivered()
    {
        var (broken, good) = (User("broken"), User("good"));
        await RecordAsync(Sent.Page(broken, "page"));
        BreakJournalOf(broken);
        await cluster.DeactivateAsync(broken);
        RoutedEvent[] batch =
        [
            Sent.Order(broken, "b1", 10), Sent.Order(good, "g1", 30), Sent.Refund(good, "g1", 12, "refund"),
            Sent.Refund(broken, "b1", 1, "refund2"), Sent.Identify(good, CustomerId.OfVisitor(_store, "browser"), "identify"),
        ];
        var outcomes = await RecordAsync(batch);

        Assert.Equal((OutcomeKind.Failed, "failed"), (outcomes[0].Kind, outcomes[0].Code));
        Assert.Equal([OutcomeKind.Recorded, OutcomeKind.Recorded], outcomes[1..3].Select(o => o.Kind));
        Assert.Equal(OutcomeKind.Recorded, outcomes[4].Kind);
        Assert.Equal((3, 18L), await ViewAsync(good));
        Assert.Equal([OutcomeKind.Duplicate, OutcomeKind.Duplicate], (await RecordAsync(batch))[1..3].Select(o => o.Kind));
    }

    [Fact]
    public async Task A_visitor_who_cannot_be_joined_fails_the_identification_and_no_other()
    {
        var (broken, good) = (CustomerId.OfVisitor(_store, "broken"), User("named"));
        await RecordAsync(Sent.Page(broken, "page"));
        BreakJournalOf(broken);
        await cluster.DeactivateAsync(broken);
        var outcomes = await RecordAsync(Sent.Identify(User("claims"), broken, "claims"), Sent.Order(good, "n1", 30));

        Assert.Equal([OutcomeKind.Failed, OutcomeKind.Recorded], outcomes.Select(o => o.Kind));
        Assert.Equal((1, 30L), await ViewAsync(good));
    }

    [Theory]
    [InlineData("IJournal.AppendAsync", FaultKind.Fail)]
    [InlineData("IJournal.AppendAsync", FaultKind.FailAfter)]
    [InlineData("IJournal.FindTipAsync", FaultKind.Fail)]
    [InlineData("IJournal.ReadAsync", FaultKind.Fail)]
    [InlineData("IJournal.FindOwnersAsync", FaultKind.Fail)]
    [InlineData("IJournal.HeldAsync", FaultKind.Fail)]
    [InlineData("IChampions.Find", FaultKind.Fail)]
    public async Task What_failed_is_told_to_be_sent_again_and_counts_once_then(string call, FaultKind kind)
    {
        var customer = User(call + kind);
        RoutedEvent[] batch = [Sent.Order(customer, call + kind, 100), Sent.Page(customer, "page")];
        await RecordAsync(Sent.Page(customer, "earlier"));
        await cluster.DeactivateAsync(customer);
        cluster.Faults.Always(call, new Fault(kind));
        Assert.All(await RecordAsync(batch), o => Assert.Equal((OutcomeKind.Failed, "failed"), (o.Kind, o.Code)));
        cluster.Faults.Stop();

        var expected = kind == FaultKind.FailAfter ? OutcomeKind.Duplicate : OutcomeKind.Recorded;
        Assert.All(await RecordAsync(batch), o => Assert.Equal(expected, o.Kind));
        Assert.All(await RecordAsync(batch), o => Assert.Equal(OutcomeKind.Duplicate, o.Kind));
        Assert.Equal((3, 100L), await ViewAsync(customer));
        await cluster.DeactivateAsync(customer);
        Assert.Equal((3, 100L), await ViewAsync(customer));
    }

    [Fact]
    public async Task An_event_that_cannot_be_folded_leaves_nothing_of_those_before_it()
    {
        var customer = User("half");
        var good = Sent.Order(customer, "h1", 100);
        var bad = Sent.Page(customer, "bad");
        var outcomes = await RecordAsync(good, bad with { Event = bad.Event with { Products = default } });
        Assert.All(outcomes, o => Assert.Equal(OutcomeKind.Failed, o.Kind));
        Assert.Equal((0, 0L), await ViewAsync(customer));

        Assert.Equal(OutcomeKind.Recorded, Assert.Single(await RecordAsync(good)).Kind);
        Assert.Equal((1, 100L), await ViewAsync(customer));
        Assert.Single(await cluster.Journal.ReadAsync(customer, 0));
    }

    [Fact]
    public void Errors_that_callers_tell_apart_survive_the_way_from_another_silo()
    {
        var serializer = cluster.Service<Serializer>(0);
        Exception[] errors =
        [
            new JournalFullException(), new SequenceConflictException("a"), new IdentityLimitException("b"),
            new OrdersTakenException("c", new JournalFullException("inner")),
        ];
        foreach (var error in errors)
        {
            var read = serializer.Deserialize<Exception>(serializer.SerializeToArray(error))!;
            Assert.Equal(
                (error.GetType(), error.Message, error.InnerException?.Message),
                (read.GetType(), read.Message, read.InnerException?.Message));
        }
    }

    private void BreakJournalOf(CustomerId customer)
    {
        using var connection = cluster.OpenJournal();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE events SET payload = x'00' WHERE store = $store AND customer = $customer";
        command.Parameters.AddWithValue("$store", customer.Store.Value);
        command.Parameters.AddWithValue("$customer", customer.ToText());
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    private Task<EventOutcome[]> RecordAsync(params RoutedEvent[] events) => cluster.Router().RecordAsync(events);

    private CustomerId User(string id) => CustomerId.OfUser(_store, id);

    private async Task<(int Events, long Net)> ViewAsync(CustomerId customer)
    {
        var view = await cluster.Grains.GetCustomer(customer).ViewAsync(null);
        return ((int)view.Revision, (long)view.Summary.Net.Minor);
    }
}
