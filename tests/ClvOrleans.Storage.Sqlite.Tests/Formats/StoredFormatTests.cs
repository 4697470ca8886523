using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Market;
using ClvOrleans.Storage.Models;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Storage.Segments;
using ClvOrleans.Storage.Sources;
using ClvOrleans.Storage.Stamps;
using ClvOrleans.Storage.Watches;
using ClvOrleans.Tests;
using ClvOrleans.Valuation.Clusters;
using ClvOrleans.Valuation.Drift;
using ClvOrleans.Valuation.Features;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Market;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Rfm;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Trainings;
using ClvOrleans.Valuation.Watches;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Storage.Sqlite.Tests.Formats;

/// <summary>
/// What a store holds, to the byte: whatever is written today some later version reads. A file of these is never edited: a format that
/// grows gets a file of its own, and the old one still has to be read.
/// </summary>
public sealed class StoredFormatTests : IAsyncLifetime
{
    private static readonly StoreId Shop = new("shop");
    private static readonly CustomerId Anna = CustomerId.OfUser(Shop, "anna");
    private static readonly CustomerId Bob = CustomerId.OfUser(Shop, "bob");
    private static readonly CustomerId Visitor = CustomerId.OfVisitor(Shop, "v-1");
    private static readonly DateTimeOffset At = new(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 2, 3);
    private static readonly CustomerEvent Order = Events.Single(e => e.MessageId == "own-6");
    private static readonly CustomerEvent Page = Events.Single(e => e.MessageId == "own-4");
    private static readonly CustomerEvent Refund = Order with
    {
        MessageId = "r1",
        Kind = EventKind.OrderRefunded,
        Order = null,
        Refund = new RefundFacts("2002", new Money(5)),
        Products = [],
    };

    private static readonly Money Huge = new(Int128.MaxValue);

    private static readonly CustomerSummary Summary = new()
    {
        PurchaseDays = [new PurchaseDay(Day, 1, Huge, new Money(1000), new Money(400))],
        Credits = new Money(5),
        FirstSeen = Day.AddDays(-2),
        LastSeen = Day,
        Counts = ImmutableSortedDictionary<EventKind, int>.Empty.Add(EventKind.PageViewed, 3).Add(EventKind.OrderCompleted, 1),
        Sessions = 2,
        Duration = 61_000,
        MeanRating = 450,
        RefundedOrders = 1,
        CouponOrders = 1,
        Discounts = new Money(250),
        Categories = 1,
        Products = 1,
        Weeks = [new ActiveWeek(Day.AddDays(-1), 3, 2, 1, 61_000, KindCounts.Of([new(EventKind.PageViewed, 3)]))],
        Bought = [new CategorySpend("Küche", 2, new Money(2500))],
    };

    private static readonly CustomerRow Row = RowOf(Anna, 2, Summary, new SegmentSums(
        1, 1, Huge, new Money(995), new Money(400), new Money(13), new Money(17), 1_500_000, 900_000, 23, 700_000));

    private static readonly ModelVersion Version = new()
    {
        Id = "pareto-nbd-1",
        Family = "pareto-nbd",
        Parameters = ImmutableSortedDictionary<string, double>.Empty.Add("alpha", 10.578).Add("r", .1 + .2),
        MarketEffects = new MarketEffects(.5, .25, -.125),
        Fitted = ["r", "alpha"],
        Covariance = [.1, 0, 0, 1e-10],
        StandardErrors = ImmutableSortedDictionary<string, double>.Empty.Add("alpha", 2.5),
        SpendCovariance = [.5],
        SpendParameters = ImmutableSortedDictionary<string, double>.Empty.Add("p", 6.25),
        MeanSpend = 3432.5,
        Training = 1,
        TrainedAt = At,
        DataFrom = Day.AddDays(-365),
        DataUntil = Day,
        Bins = [new FeatureBins("frequency", [1, 2.5], [3, 4, 5])],
        Customers = 12,
        Purchases = 30,
        LogLikelihood = -9594.976,
        Bic = 19_200,
        Holdout = new HoldoutSummary(Day.AddDays(-182), Day, 12, .5, .25, -.125),
        SpendLogLikelihood = -42,
        Description = "of a test",
        Body = "{}"u8.ToArray(),
    };

    private static readonly TrainingRecord Training = new()
    {
        Number = 1,
        Cause = TrainingCause.Asked,
        Outcome = TrainingOutcome.Trained,
        Stage = "done",
        StartedAt = At,
        EndedAt = At.AddMinutes(1),
        Champion = Version.Id,
        Log = [new LogLine(At, "fits")],
    };

    private static readonly MarketEntry Sale = new("sale", MarketKind.Promotion, Day, Day.AddDays(6), .25, "Küche");

    private static readonly DeadLetter Letter = new(
        1, Shop, "web", At, "bad1", "invalid_money", "properties.revenue is negative.", "{}"u8.ToArray());

    private static readonly PredictionRecord Prediction = new()
    {
        Model = Version.Id,
        MadeOn = Day,
        Days = 30,
        Groups = [new PredictedGroup(0, 3, .5, 1250), new PredictedGroup(100.5, 1, 1.5, 1e9)],
    };

    private static readonly JobRecord Job = new()
    {
        Id = "training-1",
        Kind = JobKind.Training,
        Subject = "shop",
        State = JobState.Succeeded,
        Stage = "done",
        Progress = 1,
        StartedAt = At,
        EndedAt = At.AddMinutes(1),
        Losses = 1,
        CancelledAt = At.AddSeconds(30),
        Message = "Promoted pareto-nbd-1.",
        Request = JsonDocument.Parse("{\"cause\":\"Asked\"}").RootElement,
        Result = JsonDocument.Parse("{\"customers\":12}").RootElement,
    };

    private static readonly StoreStamp Stamp = new(Shop, "EUR", "Europe/Vienna", 4000, 365, .1);

    private static readonly SourceCount[] Counts =
    [
        new("web", SourceOutcome.Accepted, "", 12, At), new("web", SourceOutcome.Duplicate, "", 3, At.AddDays(-1)),
        new("web", SourceOutcome.Failed, "journal_full", 1, At), new("web", SourceOutcome.Noted, "clock_corrected", 2, At),
        new("web", SourceOutcome.Refused, "invalid_money", 1, At),
    ];

    private static readonly PrivacyRequest Erasure = new(
        1, Shop, "shopify", "p-1", PrivacyRequestKind.CustomerErasure, "anna", At, At.AddDays(30), "{}"u8.ToArray());

    private static readonly PrivacyRequest ShopErasure = Erasure with
    {
        Id = 2,
        MessageId = "p-2",
        Kind = PrivacyRequestKind.ShopErasure,
        Customer = null,
    };

    private static readonly SegmentDefinition Vip =
        new() { Id = new SegmentId("vip"), Rule = "orders > 1", Description = "Küche", At = At };

    private ServiceProvider _ports = null!;
    private SqliteStore _files = null!;

    private static CustomerEvent[] Events =>
        [.. EventLines.Select(line => JsonSerializer.Deserialize(line, DomainJson.Default.CustomerEvent)!)];

    // Events of before a shop's statements were known, such statements, facts about consents, lists and messages, and a score of words.
    private static string[] EventLines =>
    [
        .. ((string[])["", "-2", "-3", "-4"])
            .SelectMany(n => Golden.Read($"journal-events{n}.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries)),
    ];

    private static WatchReading Look(CustomerId customer, WatchCause cause)
    {
        var rule = CustomerRules.For(Currency.Of("USD")).Parse(Vip.Rule);
        return new WatchReading
        {
            Customer = customer,
            List = new WatchList(
                new WatchVersion(1, 1),
                [
                    new RuleWatch(WatchSubject.Of(Vip.Id), 1, rule),
                    new ValueWatch(new WatchSubject(WatchKind.Policy, "fall"), 1, ValueDirection.Down, .2, null),
                ]),
            Holds = [true, true],
            At = At,
            Cause = cause,
            Facts = new TransitionFacts(Day, 1, null, new Money(13), 900_000, Lifecycle.Active, "m-1", 2)
            {
                Lower = new Money(1),
                Upper = new Money(20),
            },
        };
    }

    public ValueTask InitializeAsync()
    {
        _files = SqliteStore.Open(TemporaryFolder.New(), fullySynchronous: false);
        _ports = new ServiceCollection().AddSqliteStorage(_files).BuildServiceProvider();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _ports.DisposeAsync();
        await _files.DisposeAsync();
    }

    [Fact]
    public async Task Every_kind_of_event_is_in_the_journal_as_it_was_and_is_read_from_it()
    {
        Assert.Equal(
            Enum.GetValues<OrderStanding>(), Events.Where(e => e.Statement is not null).Select(e => e.Statement!.Standing).Order());
        Assert.Equal(Enum.GetValues<EventKind>(), Events.Select(e => e.Kind).Distinct().Order());
        await Port<IJournal>().AppendAsync(new CustomerCommit
        {
            ExpectedSequence = 0,
            Events = [.. Events],
            Row = RowOf(Anna, EventLines.Length, Summary, default),
        });

        using var session = new SqliteSession(_files.Journal.Open());
        Assert.Equal(EventLines, session.Read("SELECT CAST(payload AS TEXT) FROM events ORDER BY sequence", row => row.GetString(0)));
        Assert.Equal(
            Events.Select(e => (e.MessageId, e.Source, e.Kind.ToString(), e.At.ToUnixTimeMilliseconds())),
            session.Read(
                "SELECT message_id, source, kind, at FROM events ORDER BY sequence",
                row => (row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3))));
        Assert.Equivalent(Events, (await Port<IJournal>().ReadAsync(Anna, 0)).Select(e => e.Event), strict: true);
        Assert.Equal((Huge, new Money(900), "Küche"), (Order.Order!.Value!.Value, Order.Order.Cost!.Value, Order.Products[0].Category));
    }

    [Fact]
    public async Task A_store_holds_what_it_held()
    {
        var journal = Port<IJournal>();
        await journal.AppendAsync(new CustomerCommit
        {
            ExpectedSequence = 0,
            Events = [Page],
            Row = RowOf(Visitor, 1, new CustomerSummary(), default) with { Reading = Look(Visitor, WatchCause.Of(Page.Key)) },
        });
        await journal.AppendAsync(new CustomerCommit
        {
            ExpectedSequence = 0,
            Events = [Order, Page],
            ClaimedOrders = ["1001"],
            Merged = new IdentityMerge(Visitor, 1),
            Row = Row with { TurnsOn = Day.AddDays(3), Reading = Look(Anna, WatchCause.Merge) with { At = At.AddHours(1) } },
        });
        await Port<ISegmentDefinitions>().TryPutAsync(Shop, Vip, 0);
        await journal.HoldAsync(new HeldEvent(Bob, Refund));
        await journal.ContestAsync(new ContestedCompletion(Bob, Order with { MessageId = "other" }), Anna);
        await Port<IModelRegistry>().AddTrainingAsync(Shop, Training, [Version]);
        await Port<IMarketEntries>().PutAsync(Shop, [Sale]);
        await Port<IDeadLetters>().AddAsync([Letter with { Id = 0 }]);
        await Port<IPredictions>().AddAsync(Shop, Prediction);
        await Port<IJobRecords>().TryPutAsync(Shop, JobLane.Models, await Port<IJobRecords>().TakeAsync(Shop, JobLane.Models), [Job]);
        await Port<IStoreStamps>().WriteAsync(Stamp, At);
        await Port<IStoreStamps>().WriteAsync(Stamp with { MarginBasisPoints = 5000 }, At);
        await Port<ISourceCounts>().AddAsync(Shop, [.. Counts]);
        await Port<IPrivacyRequests>().AddAsync(Erasure with { Id = 0 });
        await Port<IPrivacyRequests>().AddAsync(ShopErasure with { Id = 0 });

        Golden.Matches("store-6.txt", StoreText.Of(_files.Journal));
    }

    [Theory]
    [InlineData("store.txt", 1)] // Before jobs were run again.
    [InlineData("store-2.txt", 2)] // Before events of sources were counted and privacy requests were kept.
    [InlineData("store-3.txt", 3)] // Before own segments, and before values had variances.
    [InlineData("store-4.txt", 4)] // Before scores and clusters.
    [InlineData("store-5.txt", 5)] // Before privacy requests were done.
    [InlineData("store-6.txt", 6)]
    public async Task A_store_that_was_written_is_read(string file, int format)
    {
        var (hasRequests, hasSources) = (format >= 2, format >= 3);
        StoreText.Write(_files.Journal, Golden.Read(file));

        Assert.Equivalent(new[] { Order, Page }, (await Port<IJournal>().ReadAsync(Anna, 0)).Select(e => e.Event), strict: true);
        Assert.Equal(Anna, (await Port<IJournal>().FindTipAsync(Visitor)).MovedTo);
        Assert.Equal(Anna, (await Port<IJournal>().FindOwnersAsync(Shop, ["1001"]))["1001"]);
        if (format >= 4)
        {
            Assert.Equal(Vip with { Revision = 1 }, Assert.Single((await Port<ISegmentDefinitions>().ReadAsync(Shop)).All));
            var told = await Port<ITransitions>().QueryAsync(new TransitionQuery(Shop, 9));
            Assert.Equal(["Entered", "Entered", "Left"], told.Select(t => t.Kind.ToString()).Order(StringComparer.Ordinal));
            Assert.Equal(Day.AddDays(3), (await Port<ICustomerRows>().FindAsync(Anna))!.TurnsOn);
            Assert.Equal(["anna"], (await Port<ICustomerRows>().MembersAsync(Shop, Vip.Id, null, 9)).Select(r => r.Id.Id));
        }

        var held = Assert.Single(await Port<IJournal>().HeldAsync(Shop, ["2002"]));
        Assert.Equal(Bob, held.Sender);
        Assert.Equivalent(Refund, held.Event, strict: true);
        Assert.Equal("other", Assert.Single(await Port<IJournal>().ContestedAsync(Bob, Anna)).Event.MessageId);
        var row = (await Port<ICustomerRows>().FindAsync(Anna))!;
        var contribution = format >= 5 ? Row.Contribution : Row.Contribution with { Rfm = null, Cluster = null };
        contribution = format >= 4 ? contribution : contribution with { Sums = contribution.Sums with { Variance = 0, Hazard = 0 } };
        var kept = row.Contribution with { Segments = default, Definitions = "" }; // The members were compared above.
        Assert.Equal((Row.Id, Row.Sequence, contribution), (row.Id, row.Sequence, kept));
        Assert.Equivalent(Row.Summary, row.Summary, strict: true);
        var champion = (await Port<IModelRegistry>().FindChampionAsync(Shop))!;
        Assert.Equal((Version.Id, 2), (champion.Version.Id, champion.Generation));
        Assert.Equal(
            [PromotionCause.Settings, PromotionCause.Training], (await Port<IModelRegistry>().PromotionsAsync(Shop)).Select(p => p.Cause));
        var version = (await Port<IModelRegistry>().FindAsync(Shop, Version.Id))!;
        Assert.Equal("{}"u8.ToArray(), version.Body.ToArray());
        Assert.Equivalent(Version with { Body = default }, version with { Body = default }, strict: true);
        Assert.Equivalent(Training, Assert.Single(await Port<IModelRegistry>().TrainingsAsync(Shop, 9)), strict: true);
        Assert.Equal([Sale], (await Port<IMarketEntries>().ReadAsync(Shop)).Entries.Values);
        var letter = (await Port<IDeadLetters>().FindAsync(Shop, 1))!;
        Assert.Equal("{}"u8.ToArray(), letter.Payload.ToArray());
        Assert.Equal(Letter with { Payload = default }, letter with { Payload = default });
        Assert.Equivalent(Prediction, Assert.Single(await Port<IPredictions>().ListAsync(Shop, Version.Id)), strict: true);
        var job = (await Port<IJobRecords>().FindAsync(Shop, Job.Id))!;
        Assert.Equal(12, job.Result!.Value.GetProperty("customers").GetInt32());
        Assert.Equal(hasRequests ? "Asked" : null, job.Request?.GetProperty("cause").GetString());
        var expected = hasRequests ? Job : Job with { Losses = 0, CancelledAt = null };
        Assert.Equal(expected with { Result = null, Request = null }, job with { Result = null, Request = null });
        Assert.Equal(hasRequests ? 2 : 1, await Port<IJobRecords>().TakeAsync(Shop, JobLane.Models));
        Assert.Equal(Stamp with { MarginBasisPoints = 5000 }, Assert.Single(await Port<IStoreStamps>().ReadAsync()));
        Assert.Equal(hasSources ? Counts : [], await Port<ISourceCounts>().ReadAsync(Shop));
        var requests = await Port<IPrivacyRequests>().ListAsync(Shop, 0, 9);
        Assert.Equal(
            hasSources ? [Erasure with { Payload = default }, ShopErasure with { Payload = default }] : [],
            requests.Select(r => r with { Payload = default }));
        Assert.All(requests, r => Assert.Equal("{}"u8.ToArray(), r.Payload.ToArray()));
    }

    [Fact]
    public void Enums_that_are_stored_as_numbers_keep_them() => Assert.Equal(
        [
            "Prospect 0", "New 1", "Active 2", "Cooling 3", "AtRisk 4", "Lost 5",
            "Training 0", "Choice 1", "RollBack 2", "Settings 3", "First 4",
        ],
        [.. Numbers<Lifecycle>(), .. Numbers<PromotionCause>()]);

    private static IEnumerable<string> Numbers<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(v => $"{v} {Convert.ToInt32(v, CultureInfo.InvariantCulture)}");

    private static CustomerRow RowOf(CustomerId id, long sequence, CustomerSummary summary, SegmentSums sums) => new()
    {
        Id = id,
        Sequence = sequence,
        Summary = summary,
        Contribution = new Contribution(sequence, Day, 1, new SegmentCell(Lifecycle.AtRisk, 42), sums)
        {
            LastSeen = summary.LastSeen,
            Market = "0123456789abcdef",
            MarginBasisPoints = 4000,
            Rfm = new RfmScore(5, 4, 3),
            Cluster = new ClusterId(7),
        },
    };

    private T Port<T>()
        where T : notnull => _ports.GetRequiredService<T>();
}
