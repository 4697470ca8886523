using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Sales;
using ClvOrleans.Grains.Tests.Watches;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Reports.Demand;
using ClvOrleans.Reports.Marketing;
using ClvOrleans.Reports.Sales;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Segments;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Grains.Tests.Sales;

/// <summary>Every table of a report equals what an independent fold of the journal gives.</summary>
public sealed class ReportTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private const int Customers = 300;
    private const int Events = 6_000;
    private readonly StoreId _store = cluster.NewStore();

    private StoreSettings Settings => AnyStore.SettingsOf(_store);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_refunds_cancellations_credit_notes_and_merges_each_silo_reports_what_the_journal_says()
    {
        var audit = new WatchAudit(cluster, _store);
        await audit.DefineAsync("often", "orders >= 5");
        await audit.DefineAsync("lately", "today - lastPurchase < 60 and 'often' in segments");
        await audit.DefineAsync("rich", "historicValue > 120");
        var random = new Random(14);
        RoutedEvent[] sent = [.. Enumerable.Range(0, Events).Select(i => EventOf(i, random))];
        foreach (var part in sent.Chunk(Events / 4))
        {
            foreach (var batch in part.Chunk(50))
            {
                var outcomes = await cluster.Router(batch.Length % 2).RecordAsync(batch);
                Assert.DoesNotContain(outcomes, o => o.Kind == OutcomeKind.Failed);
            }

            // Some of it again: it counts once. Both silos look on the way, so that the last look follows.
            await cluster.Router().RecordAsync([.. part.Take(100)]);
            await CheckAsync();
        }

        var merged = 0;
        for (var c = 0; c < Customers; c++)
        {
            merged += await cluster.FindSuccessorAsync(CustomerId.OfVisitor(_store, $"b{c}")) is null ? 0 : 1;
        }

        Assert.InRange(merged, Customers / 4, Customers);
    }

    private async Task CheckAsync()
    {
        var journal = new List<(CustomerId, CustomerEvent)>();
        for (var shard = 0; shard < UsualShards.Count; shard++)
        {
            await foreach (var entry in cluster.Service<IEventHistory>(0).ReadAsync(_store, shard, Cancelled))
            {
                journal.Add(entry);
            }
        }

        var naive = NaiveFold.Of(journal, Settings);
        var today = Settings.DayOf(cluster.Time.GetUtcNow());
        for (var silo = 0; silo < 2; silo++)
        {
            var buyers = await cluster.Service<StoreSales>(silo).OfAsync(_store, Cancelled);
            Assert.Equal(
                naive.Select(c => c.Customer.ToText()).Order(StringComparer.Ordinal), buyers.Select(b => b.Id.ToText()));
            CheckCohorts(buyers, naive, "month", c => $"{c.Orders[0].Day:yyyy-MM}", today);
            CheckCohorts(
                buyers, naive, "channel", c => c.Campaign is { } campaign ? string.Join(" / ", campaign.Split(" / ")[..2]) : "(none)",
                today);
            CheckCohorts(buyers, naive, "product", c => c.FirstProduct ?? "(none)", today);
            CheckCohorts(buyers, naive, "discount", c => c.Orders[0].Discount ?? "(none)", today);
            CheckCohorts(buyers, naive, "campaign", c => c.Campaign ?? "(none)", today);
            var places = NaivePlace.On(today, journal, cluster.Service<IChampions>(silo).Find(_store).Model, Settings, _ => []);
            CheckCohorts(buyers, naive, "lifecycle", c => places[c.Customer].Lifecycle, today);
            CheckCohorts(buyers, naive, c => SegmentsOf(c, today).DefaultIfEmpty("(none)"), "segment", today);
            await CheckRiskAsync(buyers, today);
            CheckRiskOfSegments(buyers, naive, journal, silo, today);
            CheckBudget(buyers, naive, journal, silo, today);
            CheckAcquisition(buyers, naive, c => places[c.Customer].Value, today);
            await CheckMovementAsync(silo, journal, today);
            CheckUnits(buyers, naive, today);
        }
    }

    private void CheckCohorts(
        IReadOnlyList<Buyer> buyers, List<NaiveFold> naive, string by, Func<NaiveFold, string> group, DateOnly today) =>
        CheckCohorts(buyers, naive, c => [group(c)], by, today);

    private void CheckCohorts(
        IReadOnlyList<Buyer> buyers, List<NaiveFold> naive, Func<NaiveFold, IEnumerable<string>> groups, string by, DateOnly today)
    {
        var rows = CohortReport.Of(buyers, by, Settings, today).Rows;
        var expected = new List<object?[]>();
        var cohorts = naive.SelectMany(c => groups(c).Select(g => (Group: g, Customer: c)));
        foreach (var cohort in cohorts.GroupBy(c => c.Group, c => c.Customer).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            for (var month = 0; ; month++)
            {
                var old = cohort.Where(c => MonthsFrom(c, today) >= month).ToList();
                if (old.Count == 0)
                {
                    break;
                }

                var orders = old.SelectMany(c => c.Orders.Where(o => MonthsFrom(c, o.Day) == month)).ToList();
                var (so, margin) = (old.Sum(c => Revenue(c, m => m <= month)), old.Sum(c => Margin(c, m => m <= month)));
                expected.Add(
                [
                    cohort.Key, (long)month, (long)old.Count, (long)old.Count(c => c.Orders.Any(o => MonthsFrom(c, o.Day) == month)),
                    (double)old.Count(c => c.Orders.Any(o => MonthsFrom(c, o.Day) == month)) / old.Count, (long)orders.Count,
                    old.Sum(c => Revenue(c, m => m == month)) / 100m, old.Sum(c => Margin(c, m => m == month)) / 100m,
                    (double)(so / 100m) / old.Count, (double)(margin / 100m) / old.Count, old.Any(c => MonthsFrom(c, today) == month),
                ]);
            }
        }

        Assert.Equal(expected.Count, rows.Length);
        Assert.All(expected.Zip(rows), pair => Assert.Equal(pair.First, pair.Second));
    }

    private async Task CheckRiskAsync(IReadOnlyList<Buyer> buyers, DateOnly today)
    {
        var rows = RiskReport.Of(buyers, "lifecycle", Settings, today).Rows;
        var sums = (await cluster.Rows.SumAsync(_store, Cancelled)).Where(s => s.Value.Orders > 0)
            .GroupBy(s => s.Key.Lifecycle.ToString()).ToDictionary(g => g.Key, g => g.Select(s => s.Value).Aggregate((a, b) => a + b));
        Assert.Equal(sums.Keys.Order(), rows.Select(r => (string)r[0]!).Order());
        Assert.All(rows, row => Assert.Equal(
            (sums[(string)row[0]!].Customers, (decimal)sums[(string)row[0]!].AtRisk.Minor / 100,
                (decimal)sums[(string)row[0]!].Historic.Minor / 100),
            ((long)row[1]!, (decimal)row[5]!, (decimal)row[3]!)));
    }

    // The rules of the three segments in plain words, by name.
    private static IEnumerable<string> SegmentsOf(NaiveFold customer, DateOnly today)
    {
        var isOften = customer.Orders.Count >= 5;
        if (isOften && customer.Orders[^1].Day.AddDays(60) > today)
        {
            yield return "lately";
        }

        if (isOften)
        {
            yield return "often";
        }

        if (Revenue(customer, _ => true) > 12_000)
        {
            yield return "rich";
        }
    }

    // What the model expects of customers who are folded anew.
    private Dictionary<CustomerId, Estimate> Estimates(
        List<(CustomerId Customer, CustomerEvent Event)> journal, int silo, DateOnly today)
    {
        var model = cluster.Service<IChampions>(silo).Find(_store).Model;
        return journal.GroupBy(e => e.Customer, e => e.Event).ToDictionary(c => c.Key, c => model.Estimate(
            CustomerSummary.Of(CustomerState.Fold(c, Settings), Settings), MarketCalendar.Empty, Settings, today, Settings.Horizon));
    }

    private void CheckRiskOfSegments(
        IReadOnlyList<Buyer> buyers, List<NaiveFold> naive, List<(CustomerId, CustomerEvent)> journal, int silo, DateOnly today)
    {
        var estimates = Estimates(journal, silo, today);
        Assert.Equal(
            naive.SelectMany(c => SegmentsOf(c, today).DefaultIfEmpty("(none)").Select(s => (Segment: s, Customer: c)))
                .GroupBy(c => c.Segment).Select(g => (
                    g.Key, (long)g.Count(), (decimal)g.Sum(c => (long)estimates[c.Customer.Customer].RevenueAtRisk.Minor) / 100,
                    g.Sum(c => Revenue(c.Customer, _ => true)) / 100m))
                .Order(),
            RiskReport.Of(buyers, "segment", Settings, today).Rows
                .Select(r => ((string)r[0]!, (long)r[1]!, (decimal)r[5]!, (decimal)r[3]!)).Order());
    }

    private void CheckBudget(
        IReadOnlyList<Buyer> buyers, List<NaiveFold> naive, List<(CustomerId, CustomerEvent)> journal, int silo, DateOnly today)
    {
        const double Saved = .3;
        const double Amount = 400;
        var (first, last) = (new DateOnly(2026, 2, 1), new DateOnly(2026, 4, 30));
        AcquisitionCost[] costs =
        [
            new("a", "google / cpc", first, last, new Money(20_000)), new("b", "newsletter / email", first, last, new Money(2_000)),
        ];
        var estimates = Estimates(journal, silo, today);
        var channels = costs.Select(c => (c.Channel, Spend: (double)c.Amount.Minor / 100, Won: naive.Where(n =>
                n.Orders[0].Day >= first && n.Orders[0].Day <= last && n.Campaign is { } campaign
                && string.Join(" / ", campaign.Split(" / ")[..2]) == c.Channel).ToList()))
            .Where(c => c.Won.Count > 0)
            .ToDictionary(c => c.Channel, c => (
                c.Spend * 30 / 89, c.Won.Count * 30 / 89.0,
                c.Won.Average(n => (Margin(n, _ => true) + Share(estimates[n.Customer].Value)) / 100.0)));
        var atRisk = naive.Where(c => SegmentsOf(c, today).Any()).GroupBy(c => SegmentsOf(c, today).First()).ToDictionary(
            g => g.Key, g => g.Select(c => Share(estimates[c.Customer].RevenueAtRisk) / 100.0).ToArray());
        var expected = NaiveBudget.Split(channels, atRisk, Amount, Saved);
        var rows = BudgetReport.Of(
            buyers, costs, new Dictionary<string, (double, double, string)>(), new BudgetTerms(Amount, Saved: Saved), Settings, today).Rows;
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), rows.Select(r => (string)r[0]!).Order(StringComparer.Ordinal));

        // A unit of the naive split is a quarter of money, and contacts are whole: by so much they may differ.
        foreach (var row in rows)
        {
            var (amount, returned) = expected[(string)row[0]!];
            Assert.InRange((double)row[2]!, amount - 1.5, amount + 1.5);
            Assert.Equal((string)row[1]! == "channel", channels.ContainsKey((string)row[0]!));
            if (channels.TryGetValue((string)row[0]!, out var channel))
            {
                Assert.Equal(channel.Item2 * channel.Item3 * Math.Sqrt((double)row[2]! / channel.Item1), (double)row[5]!, .02);
            }
        }

        var best = expected.Values.Sum(e => e.Returned);
        Assert.InRange(rows.Sum(r => (double)r[5]!), best * .99, (best * 1.01) + .1);

        long Share(Money money) => NaiveFold.Part((long)money.Minor, Settings.MarginBasisPoints);
    }

    private void CheckAcquisition(IReadOnlyList<Buyer> buyers, List<NaiveFold> naive, Func<NaiveFold, long> predicted, DateOnly today)
    {
        var (first, last) = (new DateOnly(2026, 2, 1), new DateOnly(2026, 4, 30));
        AcquisitionCost[] costs =
        [
            new("a", "google / cpc", new DateOnly(2026, 1, 1), new DateOnly(2026, 4, 10), new Money(100_000)),
            new("b", "google / cpc", new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 31), new Money(5_000), "spring"),
        ];
        var rows = AcquisitionCosts.Of(buyers, costs, "channel", first, last, Settings, today).Rows.ToDictionary(r => (string)r[0]!);
        var won = naive.Where(c => c.Orders[0].Day >= first && c.Orders[0].Day <= last).ToLookup(
            c => c.Campaign is { } campaign ? string.Join(" / ", campaign.Split(" / ")[..2]) : "(none)");

        // Of 100 days at 10.00 each, 69 are within; the other cost is.
        var paid = 740m;
        Assert.Equal(won.Select(g => g.Key).Append("google / cpc").Distinct().Order(), rows.Keys.Order());
        foreach (var (channel, row) in rows)
        {
            var of = won[channel].ToList();
            var cost = channel == "google / cpc" ? paid : 0m;
            Assert.Equal((cost, (long)of.Count), ((decimal)row[1]!, (long)row[2]!));
            if (of.Count > 0)
            {
                var soFar = (double)(of.Sum(c => Margin(c, _ => true)) / 100m) / of.Count;
                var expected = (double)(NaiveFold.Part(of.Sum(predicted), Settings.MarginBasisPoints) / 100m) / of.Count;
                var cac = (double)cost / of.Count;
                Assert.Equal(
                    [cac, soFar, expected, soFar + expected, cac > 0 ? (soFar + expected) / cac : null, cac > 0 ? Payback(of, cac) : null],
                    row[3..]);
            }
        }

        // The first month in which those who are old enough have paid for themselves.
        object? Payback(List<NaiveFold> of, double cac) => Enumerable.Range(0, 12)
            .Select(month => (Month: (long)month, Old: of.Where(c => MonthsFrom(c, today) >= month).ToList()))
            .Where(m => m.Old.Count > 0
                && (double)(m.Old.Sum(c => Margin(c, late => late <= m.Month)) / 100m) / m.Old.Count >= cac)
            .Select(m => (object?)m.Month).FirstOrDefault();
    }

    // Every customer folded anew as of every day, and estimated anew.
    private async Task CheckMovementAsync(int silo, List<(CustomerId Customer, CustomerEvent Event)> journal, DateOnly today)
    {
        var model = cluster.Service<IChampions>(silo).Find(_store).Model;
        var days = MovementReport.DaysOf(today, 4);
        var places = new BuyerPlaces(
            model, MarketCalendar.Empty, await cluster.Service<ISegmentDefinitions>(silo).ReadAsync(_store, Cancelled), Settings);
        var collected = await cluster.Service<ShardCollector>(silo).CollectAsync(
            _store, [.. days], c => places.Of(c, days), null, Cancelled);
        var naive = days.Select(day => NaivePlace.On(day, journal, model, Settings, c => SegmentsOf(c, day))).ToArray();
        foreach (var way in MovementReport.Ways)
        {
            var moves = new List<(string, string, string, CustomerId, long, long)>();
            for (var i = 1; i < days.Count; i++)
            {
                var (before, now) = (naive[i - 1], naive[i]);
                moves.AddRange(
                    from customer in before.Keys.Union(now.Keys)
                    from source in NaivePlace.GroupsOf(before.GetValueOrDefault(customer), way)
                    from target in NaivePlace.GroupsOf(now.GetValueOrDefault(customer), way)
                    where (source, target) != ("(all)", "(all)")
                    select ($"{days[i]:yyyy-MM}", source, target, customer, now.GetValueOrDefault(customer)?.Value ?? 0,
                        before.GetValueOrDefault(customer)?.Value ?? 0));
            }

            Assert.Equal(
                moves.GroupBy(m => (m.Item1, m.Item2, m.Item3)).Select(m => (
                    m.Key.Item1, m.Key.Item2, m.Key.Item3, (long)m.Count(), m.Sum(c => c.Item5) / 100m, m.Sum(c => c.Item6) / 100m,
                    m.Key.Item1 == $"{today:yyyy-MM}")).Order(),
                MovementReport.Of(collected, way, days, Settings).Rows.Select(r => (
                    (string)r[0]!, (string)r[1]!, (string)r[2]!, (long)r[3]!, (decimal)r[4]!, (decimal)r[5]!, (bool)r[6]!)).Order());
        }
    }

    // Weeks are counted back from yesterday.
    private static void CheckUnits(IReadOnlyList<Buyer> buyers, List<NaiveFold> naive, DateOnly today)
    {
        var end = today.AddDays(-1);
        var weeks = SalesWeeks.Of([.. buyers.Select(b => b.Sales)], end);
        var lines = naive.SelectMany(c => c.Orders).Where(o => o.Day <= end)
            .SelectMany(
                o => o.Lines.Select(l => (Product: l.Product ?? "(not stated)", Week: (end.DayNumber - o.Day.DayNumber) / 7, l.Units)))
            .ToLookup(l => (l.Product, l.Week), l => l.Units);
        Assert.Equal(lines.Select(l => l.Key.Product).Distinct().Order(StringComparer.Ordinal), weeks.Products);
        for (var product = 0; product < weeks.Products.Length; product++)
        {
            Assert.Equal(
                Enumerable.Range(1, weeks.Weeks).Select(i => (double)lines[(weeks.Products[product], weeks.Weeks - i)].Sum()),
                weeks.Units(product).ToArray());
        }
    }

    private static int MonthsFrom(NaiveFold customer, DateOnly day) =>
        ((day.Year - customer.Orders[0].Day.Year) * 12) + day.Month - customer.Orders[0].Day.Month;

    private static long Revenue(NaiveFold customer, Func<int, bool> isIn) =>
        customer.Orders.Where(o => isIn(MonthsFrom(customer, o.Day))).Sum(o => o.Net)
        - customer.Credits.Where(c => isIn(Math.Max(0, MonthsFrom(customer, c.Day)))).Sum(c => c.Amount);

    // The share of credit notes is rounded as that of all of them up to each.
    private long Margin(NaiveFold customer, Func<int, bool> isIn)
    {
        var (margin, all) = (customer.Orders.Where(o => isIn(MonthsFrom(customer, o.Day))).Sum(o => o.Margin), 0L);
        foreach (var (day, amount) in customer.Credits)
        {
            var share = NaiveFold.Part(all + amount, Settings.MarginBasisPoints) - NaiveFold.Part(all, Settings.MarginBasisPoints);
            margin -= isIn(Math.Max(0, MonthsFrom(customer, day))) ? share : 0;
            all += amount;
        }

        return margin;
    }

    private RoutedEvent EventOf(int i, Random random)
    {
        var c = random.Next(Customers);
        var (customer, visitor) = (CustomerId.OfUser(_store, $"c{c}"), CustomerId.OfVisitor(_store, $"b{c}"));
        var (day, order) = (random.Next(160), $"{c}-{random.Next(8)}");
        var e = random.Next(20) switch
        {
            < 8 => Completion(customer, i, order, day, random),
            < 10 => Completion(visitor, i, order, day, random),
            10 => Sent.Refund(customer, order, random.Next(1, 4_000), $"m{i}", day),
            11 => Sent.Refund(customer, order, null, $"m{i}", day),
            12 => new RoutedEvent(customer, Sent.Event($"m{i}", EventKind.OrderCancelled, day) with { Order = new OrderFacts(order) }),
            13 => new RoutedEvent(customer, Sent.Event($"m{i}", EventKind.OrderUpdated, day) with
            {
                Order = new OrderFacts(order, new Money(random.Next(5_000)), Coupon: random.Next(3) == 0 ? "SPRING" : null),
                Products = Lines(random),
            }),
            14 => new RoutedEvent(customer, Sent.Event($"m{i}", EventKind.OrderRefunded, day) with
            {
                Refund = new RefundFacts(null, new Money(random.Next(1, 2_000))),
            }),
            < 17 => Sent.Identify(customer, visitor, $"m{i}"),
            _ => Sent.Page(visitor, $"m{i}", day),
        };

        // Any hour, so that days of New York are not those of UTC.
        return e with { Event = e.Event with { At = e.Event.At.AddMinutes(random.Next(1_440)), Campaign = Campaign(random) } };
    }

    private static RoutedEvent Completion(CustomerId who, int i, string order, int day, Random random) => new(
        who, Sent.Event($"m{i}", EventKind.OrderCompleted, day) with
        {
            Order = new OrderFacts(
                order, new Money(random.Next(5_000)), Discount: random.Next(4) == 0 ? new Money(100) : null,
                Coupon: random.Next(6) == 0 ? "WELCOME" : null),
            Products = Lines(random),
        });

    private static string? Campaign(Random random) => random.Next(12) switch
    {
        0 => "google / cpc / spring",
        1 => "newsletter / email / may",
        _ => null,
    };

    private static ImmutableArray<ProductLine> Lines(Random random) =>
    [
        .. Enumerable.Range(0, random.Next(4)).Select(_ => new ProductLine(
            random.Next(10) == 0 ? null : $"p{random.Next(30)}", null, random.Next(5) == 0 ? null : new Money(random.Next(900)),
            random.Next(5))),
    ];
}
