using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Storage.Conformance.Watches;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Sources;
using ClvOrleans.Storage.Stamps;
using ClvOrleans.Valuation.Clusters;
using ClvOrleans.Valuation.Drift;
using ClvOrleans.Valuation.Rfm;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Storage.Conformance.Properties;

/// <summary>Operations on few customers, orders and messages, so that they meet: valid ones, late ones and impossible ones.</summary>
/// <param name="random">Draws them.</param>
/// <param name="model">Where operations look first, as a writer looks at a journal.</param>
internal sealed class RandomOperations(Random random, Ports model)
{
    /// <summary>What they are drawn by.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, FullSizes.Of(4, 8))];

    public static readonly CustomerId[] Customers =
    [
        .. "abcd".Select(c => CustomerId.OfUser(Sample.Shop, c.ToString())),
        .. "ab".Select(c => CustomerId.OfVisitor(Sample.Shop, c.ToString())),
    ];

    public static readonly string[] Orders = ["1", "2", "3", "4"];

    public static readonly EventKey[] Keys = [.. Enumerable.Range(0, 30).SelectMany(i => Sources.Select(s => new EventKey(s, $"m{i}")))];

    private static readonly string[] Codes = ["invalid_type", "missing_user_id"];

    private readonly RandomJobs _jobs = new(random);

    private static string[] Sources => ["web", "ios"];

    public async Task<Operation> NextAsync() => random.Next(27) switch
    {
        0 => await TurnAsync(),
        < 9 => await AppendAsync(),
        9 => Hold(new HeldEvent(Any(Customers), Sample.Refund(Message(), Any(Orders)))),
        10 => await ContestAsync(),
        11 => Update(),
        12 or 13 => await LettersAsync(),
        14 or 15 => Registry(),
        16 => Prediction(),
        17 => Market(),
        18 or 19 or 20 => _jobs.Next(),
        21 => Count(),
        22 => Request(),
        23 => Define(),
        24 or 25 => Pack(),
        _ => Stamp(),
    };

    private async Task<Operation> AppendAsync()
    {
        var customer = Any(Customers);
        var sequence = (await model.Journal.FindTipAsync(customer)).Sequence + (random.Next(6) == 0 ? random.Next(-1, 2) : 0);
        CustomerEvent[] events =
            [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Sample.PageView(Message()) with { Source = Any(Sources) })];
        string[] orders = random.Next(3) == 0 ? [Any(Orders), Any(Orders)] : [];
        IdentityMerge? merged = null;
        var settled = ImmutableArray<ContestedCompletion>.Empty;
        if (random.Next(4) == 0)
        {
            var from = Any(Customers);
            merged = new IdentityMerge(
                from,
                (await model.Journal.FindTipAsync(from)).Sequence + (random.Next(6) == 0 ? 1 : 0),
                random.Next(3) == 0 ? 1 : int.MaxValue);
            settled = random.Next(3) == 0 ? [] : [.. await model.Journal.ContestedAsync(customer, from)];
        }

        ImmutableArray<HeldEvent> delivered = random.Next(4) == 0 ? [] : [.. await model.Journal.HeldAsync(Sample.Shop, orders)];
        var commit = new CustomerCommit
        {
            ExpectedSequence = sequence,
            Events = [.. events],
            ClaimedOrders = [.. orders],
            Delivered = delivered,
            Merged = merged,
            Settled = settled,
            Row = Row(customer, sequence + events.Length),
        };
        return merged?.From == customer
            ? Operation.Of("read", ports => ports.Journal.FindTipAsync(customer))
            : Operation.Of(
                $"append {customer} at {sequence}: {events.Length} events, orders {string.Join(',', orders)}, {merged}", async ports =>
                await ports.Journal.AppendAsync(commit));
    }

    private Operation Pack()
    {
        var customer = Any(Customers);
        return Operation.Of($"pack {customer}", ports => ports.Packs.PackAsync(customer, Sample.Time, (_, _) => true));
    }

    private static Operation Hold(HeldEvent held) =>
        Operation.Of($"hold {held.Event.MessageId} of {held.Event.OrderId}", ports => ports.Journal.HoldAsync(held));

    private async Task<Operation> ContestAsync()
    {
        var (order, contested) = (Any(Orders), Any(Customers));
        var owners = await model.Journal.FindOwnersAsync(Sample.Shop, [order]);
        var owner = random.Next(5) == 0 ? Any(Customers) : owners.GetValueOrDefault(order, contested);
        var completion = new ContestedCompletion(contested, Sample.Completion(Message(), order));
        return owner == contested
            ? Operation.Of("read", ports => ports.Journal.FindTipAsync(contested))
            : Operation.Of($"contest {order} of {owner} by {contested}", ports => ports.Journal.ContestAsync(completion, owner));
    }

    private Operation Update()
    {
        CustomerRow[] rows = [.. Customers.DistinctBy(c => c.Id).Select(c => Row(c, random.Next(1, 6)))];
        return Operation.Of("update", async ports =>
        {
            // An estimate is made of a row that was read: nobody estimates those who are gone.
            var now = await Task.WhenAll(rows.Select(r => ports.Rows.FindAsync(r.Id)));
            await ports.Rows.UpdateAsync([.. rows.Where((r, i) => now[i]?.Contribution.Cell is not null)]);
        });
    }

    private CustomerRow Row(CustomerId customer, long sequence)
    {
        var sums = new SegmentSums(
            1, random.Next(3), new Money(random.Next(1_000)), new Money(random.Next(5)), new Money(random.Next(500)),
            new Money(random.Next(5)),
            new Money(random.Next(5)), random.Next(2_000_000), random.Next(1_000_000),
            (Int128)random.Next() << random.Next(70), random.Next(3_000_000));
        var day = new DateOnly(2026, 1, 1).AddDays(random.Next(3));
        return new CustomerRow
        {
            Id = customer,
            Sequence = sequence,
            Summary = new CustomerSummary { LastSeen = day },
            Contribution = new Contribution(sequence, day, random.Next(3), new SegmentCell((Lifecycle)random.Next(3), random.Next(6)), sums)
            {
                LastSeen = day,
                Market = random.Next(4) == 0 ? "other" : "",
                Rfm = random.Next(3) == 0 ? null : new RfmScore((byte)random.Next(1, 6), 2, 3),
                Cluster = random.Next(3) == 0 ? null : new ClusterId(random.Next(1, 4)),
            },
            TurnsOn = random.Next(3) == 0 ? null : new DateOnly(2026, 1, 1).AddDays(random.Next(3)),
            Reading = random.Next(4) == 0 ? null : Reading(customer),
        };
    }

    // Silos may hold definitions of different age.
    private WatchReading Reading(CustomerId customer)
    {
        string[] segments = ["a", "b", "c"];
        var list = Look.List(random.Next(1, 4), [.. segments.Where(_ => random.Next(5) > 0)]);
        var messages = Enumerable.Range(0, random.Next(3)).Select(_ => Message()).ToArray();
        var at = Sample.Time.AddHours(random.Next(100));
        return Look.At(customer, list, segments.Where(_ => random.Next(2) == 0), random.Next(100), null, messages) with { At = at };
    }

    private async Task<Operation> TurnAsync()
    {
        var (customer, on) = (Any(Customers), new DateOnly(2026, 1, random.Next(1, 4)));
        var isLast = (await model.Rows.ChangesAsync(customer.Store, customer.Shard, 0).ToListAsync()).LastOrDefault()?.Customer == customer;
        var before = Sample.Time.AddHours(random.Next(9));
        return random.Next(2) == 0
            ? Operation.Of("prune", ports => ports.Transitions.PruneAsync(Sample.Shop, before))
            : Operation.Of($"{customer} turns on {on:O}", async ports =>
            {
                var commit = await ports.Rows.FindCommitAsync(Sample.Shop, customer.Shard);
                await ports.Rows.SolveAsync([new CustomerTurn(customer, isLast ? commit : commit + 1, on)]);
            });
    }

    private Operation Define()
    {
        var definition = new SegmentDefinition
        {
            Id = new SegmentId(Any(["a", "b"])),
            Rule = $"orders > {random.Next(9)}",
            IsRemoved = random.Next(3) == 0,
        };
        var expected = random.Next(4);
        return Operation.Of(
            $"define {definition.Id} after {expected}", ports => ports.Segments.TryPutAsync(Sample.Shop, definition, expected));
    }

    private async Task<Operation> LettersAsync()
    {
        var query = new DeadLetterQuery(
            random.Next(2) == 0 ? Any(Codes) : null, random.Next(2) == 0 ? Any(Sources) : null, null, random.Next(2) == 0);
        var letters = await model.DeadLetters.ListAsync(Sample.Shop, new DeadLetterQuery(), 0, 100);
        var place = random.Next(8);
        DeadLetter[] added =
            [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Sample.Letter(Message(), Any(Sources), Any(Codes), random.Next(9)))];
        return random.Next(8) switch
        {
            0 => Operation.Of($"discard all of {query}", ports => ports.DeadLetters.DiscardAsync(Sample.Shop, query)),
            1 when place < letters.Count => Operation.Of(
                "discard one", async ports => await ports.DeadLetters.DiscardAsync(Sample.Shop, await IdAsync(ports, place))),
            2 or 3 when place < letters.Count => Operation.Of(
                "replay", async ports => await ports.DeadLetters.MarkReplayedAsync(Sample.Shop, await IdAsync(ports, place), Sample.Time)),
            _ => Operation.Of(
                $"add {added.Length} letters", async ports => await ports.DeadLetters.AddAsync([.. added.OrderBy(l => l.Source)])),
        };
    }

    private static async Task<long> IdAsync(Ports ports, int place) =>
        (await ports.DeadLetters.ListAsync(Sample.Shop, new DeadLetterQuery(), 0, 100))[place].Id;

    private Operation Registry()
    {
        var (id, number, at) = ($"m-{random.Next(6)}", random.Next(8), Sample.Time.AddHours(random.Next(100)));
        var training = Sample.Training(number) with { Champion = random.Next(3) == 0 ? null : $"m-{random.Next(6)}" };
        return random.Next(4) switch
        {
            0 => Operation.Of($"add model {id}", async ports => await ports.Registry.AddAsync(Sample.Shop, Sample.Version(id))),
            1 => Operation.Of($"promote {id}", async ports => (await ports.Registry.PromoteAsync(Sample.Shop, id, at)).Version.Id),
            2 => Operation.Of("roll back", async ports => (await ports.Registry.RollBackAsync(Sample.Shop, at)).Version.Id),
            _ => Operation.Of($"training {number} with {id}, {training.Champion}", async ports => await ports.Registry.AddTrainingAsync(
                Sample.Shop, training, [Sample.Version(id) with { Body = new byte[number] }])),
        };
    }

    private Operation Prediction()
    {
        var record = new PredictionRecord
        {
            Model = $"m-{random.Next(6)}",
            MadeOn = new DateOnly(2026, 1, 1).AddDays(random.Next(200)),
            Days = 30,
            Groups = [new PredictedGroup(0, random.Next(10), 1.5, 2.5)],
        };
        var total = new PredictedTotal
        {
            Model = record.Model,
            MadeOn = record.MadeOn,
            Days = 30,
            Group = PredictedTotal.Store,
            Customers = random.Next(10),
            Expected = 2.5,
            Lower = 1,
            Upper = 4,
        };
        return random.Next(3) switch
        {
            0 => Operation.Of("prediction", ports => ports.Predictions.AddAsync(Sample.Shop, record)),
            1 => Operation.Of("total", ports => ports.Predictions.AddTotalsAsync(Sample.Shop, [total])),
            _ => Operation.Of("outcome", ports => ports.Predictions.SettleAsync(
                Sample.Shop, [total with { Outcome = new TotalOutcome(2, .5, new IntervalHits(1, 0, 0), 3) }])),
        };
    }

    private Operation Market()
    {
        var entry = new MarketEntry(
            $"e{random.Next(4)}", MarketKind.Season, new DateOnly(2026, 1, random.Next(1, 28)), new DateOnly(2026, 2, 1),
            random.NextDouble());
        return random.Next(3) == 0
            ? Operation.Of($"remove {entry.Id}", ports => ports.Market.RemoveAsync(Sample.Shop, entry.Id))
            : Operation.Of($"put {entry.Id}", async ports => await ports.Market.PutAsync(Sample.Shop, [entry]));
    }

    private Operation Count()
    {
        SourceCount[] counts =
        [
            .. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Sample.Count(
                Any(Sources), random.Next(5), (SourceOutcome)random.Next(5), Any(["", .. Codes]), Sample.Time.AddHours(random.Next(9)))),
        ];
        return Operation.Of($"add {counts.Length} counts", async ports => await ports.Sources.AddAsync(Sample.Shop, counts));
    }

    private Operation Request()
    {
        var request = Sample.Request($"p{random.Next(6)}", Any(Sources), customer: random.Next(3) == 0 ? null : "anna");
        return Operation.Of($"request {request.MessageId} of {request.Source}", ports => ports.Requests.AddAsync(request));
    }

    private Operation Stamp()
    {
        var stamp = new StoreStamp(Sample.Shop, "USD", "UTC", 3_000 + random.Next(2), 365, .1);
        return Operation.Of($"stamp {stamp.MarginBasisPoints}", async ports => await ports.Stamps.WriteAsync(stamp, Sample.Time));
    }

    private string Message() => $"m{random.Next(30)}";

    private T Any<T>(T[] of) => of[random.Next(of.Length)];
}
