using System.Collections.Immutable;
using System.Reflection;
using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Customers;
using ClvOrleans.Contracts.Jobs;
using ClvOrleans.Contracts.Market;
using ClvOrleans.Contracts.Segments;
using ClvOrleans.Contracts.Trainings;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Tests;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Trainings;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace ClvOrleans.Grains.Tests.Formats;

/// <summary>
/// The bytes of each message. Silos of two versions run side by side while a cluster is upgraded: what one writes the other reads. A
/// message may get new members with new ids; its file is then a new one, and the old one still has to be read.
/// </summary>
public sealed class MessageFormatTests : IDisposable
{
    private static readonly CustomerId Anna = CustomerId.OfUser(new StoreId("shop"), "anna");
    private static readonly CustomerId Visitor = CustomerId.OfVisitor(new StoreId("shop"), "v-1");

    private static readonly CustomerEvent Order = new()
    {
        MessageId = "m1",
        Source = "web",
        Kind = EventKind.OrderCompleted,
        At = new DateTimeOffset(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero),
        Order = new OrderFacts("1001", new Money(2250), new Money(900), new Money(250), "HELLO"),
        Products = [new ProductLine("p-100", "Kitchen", new Money(1250), 2)],
        Campaign = "news / mail / spring",
    };

    private static readonly CustomerSummary Summary = new()
    {
        PurchaseDays = [new PurchaseDay(new DateOnly(2026, 2, 3), 1, new Money(2250), new Money(1000), new Money(400))],
        Credits = new Money(5),
        FirstSeen = new DateOnly(2026, 2, 1),
        LastSeen = new DateOnly(2026, 2, 4),
        Counts = ImmutableSortedDictionary<EventKind, int>.Empty.Add(EventKind.PageViewed, 3).Add(EventKind.OrderCompleted, 1),
        Sessions = 2,
        Duration = 61_000,
        MeanRating = 450,
        RefundedOrders = 1,
        CouponOrders = 1,
        Discounts = new Money(250),
        Categories = 1,
        Products = 1,
        Weeks = [new ActiveWeek(new DateOnly(2026, 2, 2), 3, 2, 1, 61_000, KindCounts.Of([new(EventKind.PageViewed, 3)]))],
        Bought = [new CategorySpend("Kitchen", 2, new Money(2500))],
    };

    private static readonly MarketEntry Sale = new(
        "sale", MarketKind.Promotion, new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 7), .25, "Kitchen");

    private static readonly SegmentSums Sums = new(
        3, 7, new Money(10_000_000_000_000_000_000), new Money(-5), new Money(11), new Money(13), new Money(17), 19_000_000, 2_500_000,
        (Int128)23_000_000_000 * 29_000_000_000, 3_500_000);

    private static readonly JobRecord Job = new()
    {
        Id = "training-3",
        Kind = JobKind.Training,
        Subject = "shop",
        State = JobState.Running,
        Stage = "Gathering the customers",
        Progress = .25,
        Losses = 1,
        StartedAt = Order.At,
        CancelledAt = Order.At.AddMinutes(1),
        EndedAt = Order.At.AddMinutes(2),
        Message = "Cancelled; nothing changed.",
    };

    private static readonly object[] All =
    [
        new BeginJob(JobKind.Training, "shop", "{\"cause\":\"Asked\"}", Waits: true),
        new BeginJobReply(Job, IsBusy: true),
        new JobReply(Job, [new LogLine(Order.At, "12 buyers")]),
        new RecordEvents([Order]),
        new RecordReply(
            CommitStatus.OrdersTaken, [true, false], Visitor, ImmutableDictionary<string, CustomerId>.Empty.Add("1001", Anna)),
        new EraseCustomer(Suppress: true, Order.At),
        new EraseReply(CommitStatus.Moved, Anna, [Anna, Visitor], ["anna", "1001"], 12),
        new Released([Order], 12, HasMoved: true),
        new CustomerView(
            12, Summary, ImmutableSortedDictionary<string, string>.Empty.Add("name", "Anna"), "news / mail / spring", Anna),
        new HandOver(Visitor, "email", "win-back", true, true, Order.At, "pAlive < 0.4", "orders > 3", 12),
        new HandOverReply(HandOverStatus.Stop, "consent", Anna, "anna@example.com", "Anna"),
        new PutMarket([Sale]),
        new MarketReply(MarketCalendar.Empty.With(Sale)),
        new SegmentReport(
            Order.At, new TierThresholds([90, 80, 70, 60, 50]), [new SegmentRow(Lifecycle.AtRisk, ValueTier.Top5, Sums)],
            new DateOnly(2026, 2, 3), 4, 1, TimeSpan.FromSeconds(1.5))
        {
            OwnSegments = ImmutableSortedDictionary<string, SegmentSums>.Empty.Add("vip", Sums),
            Definitions = 7,
            Rfm = ImmutableSortedDictionary<string, SegmentSums>.Empty.Add("5-4-3", Sums),
            Clusters = ImmutableSortedDictionary<string, SegmentSums>.Empty.Add("c7", Sums),
        },
        new SegmentRow(Lifecycle.Prospect, null, Sums),
        new ShardSums(
            ImmutableDictionary<SegmentCell, SegmentSums>.Empty.Add(new SegmentCell(Lifecycle.Active, 42), Sums),
            new DateOnly(2026, 2, 3), 4, 1)
        {
            OwnSegments = ImmutableSortedDictionary<string, SegmentSums>.Empty.Add("vip", Sums),
            Definitions = 7,
            Rfm = ImmutableSortedDictionary<string, SegmentSums>.Empty.Add("5-4-3", Sums),
            Clusters = ImmutableSortedDictionary<string, SegmentSums>.Empty.Add("c7", Sums),
        },
        new AsOfSnapshotsReply(new AsOfSnapshots(Anna, true, [new PackedDay(new DateOnly(2026, 2, 3), 3)], new byte[] { 1, 2, 3 })
        {
            CouponDays = [new DateOnly(2026, 2, 3)],
        }),
        new BasketsView(12, [1, 2, 3], [4, 5], Anna),
        new BasketsReply(Anna, [1, 2, 3], [new SoldProduct("p-1", "Kitchen", 1_770_000_000_000, 1250, 1_770_000_000_001)]),
        new SoldProduct("p-1", null, 0, null, 0),
        new CustomerSnapshot
        {
            Fold = "3:UTC",
            Sequence = 64,
            State = [1, 2, 3],
            Source = "web",
            MessageId = "m1",
            Fingerprints = [7, uint.MaxValue],
            Baskets = [4, 5],
            Recent = [6],
        },
    ];

    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddClvMessages().BuildServiceProvider();

    public static TheoryData<string> Aliases => [.. All.Select(AliasOf)];

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Every_message_has_its_bytes_here() => Assert.Equal(
        Contract.Messages.Select(t => t.Name).Order(StringComparer.Ordinal),
        All.Select(m => m.GetType().Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Aliases))]
    public void A_message_is_written_as_it_was(string alias) =>
        Golden.Matches($"{alias}.hex", HexDump.Of(Serializer.SerializeToArray<object>(Find(alias))));

    [Theory]
    [MemberData(nameof(Aliases))]
    public void A_message_of_another_silo_is_read_as_it_was_meant(string alias)
    {
        var read = Serializer.Deserialize<object>(HexDump.Parse(Golden.Read($"{alias}.hex")));
        Assert.IsType(Find(alias).GetType(), read);
        Assert.Equivalent(Find(alias), read, strict: true);
    }

    [Theory]
    [MemberData(nameof(Aliases))]
    public void A_message_that_stays_on_its_silo_is_not_copied(string alias) => Assert.True(
        Find(alias) is CustomerSnapshot || ReferenceEquals(Find(alias), _services.GetRequiredService<DeepCopier>().Copy(Find(alias))));

    [Fact]
    public void Values_that_stay_on_their_silo_are_not_copied_either()
    {
        var copier = _services.GetRequiredService<DeepCopier>();
        Assert.Same(Order, copier.Copy(Order));
        Assert.Same(Summary, copier.Copy(Summary));
        Assert.Same(Anna.Id, copier.Copy(Anna).Id);
        Assert.Same(Order, copier.Copy(ImmutableArray.Create(Order))[0]);
    }

    [Fact]
    public void What_a_message_may_hold_is_written_down() => Golden.Matches("contract.txt", Contract.Describe());

    [Fact]
    public void What_a_call_carries_is_a_message_or_a_value_that_has_an_alias() => Assert.All(
        Contract.Carried.Where(t => t.Namespace!.StartsWith("ClvOrleans", StringComparison.Ordinal)),
        t => Assert.True(t.IsEnum || MessageValues.Contains(t) || Contract.Messages.Contains(t), t.Name));

    [Fact]
    public void Every_member_of_a_message_has_an_id_of_its_own()
    {
        Assert.All(Contract.Messages, m => Assert.True(m.IsDefined(typeof(AliasAttribute)), m.Name));
        Assert.All(Contract.Messages, m =>
        {
            var members = Contract.StoredMembers(m).ToList();
            Assert.All(members, p => Assert.True(p.IsDefined(typeof(IdAttribute)), $"{m.Name}.{p.Name}"));
            Assert.Distinct(members.Select(p => p.GetCustomAttribute<IdAttribute>()!.Id));
        });
    }

    private static object Find(string alias) => All.Single(m => AliasOf(m) == alias);

    private static string AliasOf(object message) => message.GetType().GetCustomAttribute<AliasAttribute>()!.Alias;
}
