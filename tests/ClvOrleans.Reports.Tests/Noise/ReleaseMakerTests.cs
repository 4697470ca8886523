using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Reports.Noise;
using ClvOrleans.Reports.Tables;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Reports.Tests.Noise;

/// <summary>What a store with noise tells of a period.</summary>
public sealed class ReleaseMakerTests
{
    private static readonly DateOnly Today = new(2026, 3, 11); // A Wednesday.
    private static readonly ReportNoise Noise = new() { Epsilon = 2, Bound = 100 };
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void A_period_ends_before_today_and_is_told_until_the_present_one_ends()
    {
        var (week, month) = (Make(Noise, Some(50)), Make(Noise with { Period = ReleasePeriod.Month }, Some(50)));
        Assert.Equal((new DateOnly(2026, 3, 8), new DateOnly(2026, 3, 15)), (week.Until, week.ToldUntil));
        Assert.Equal((new DateOnly(2026, 2, 28), new DateOnly(2026, 3, 31)), (month.Until, month.ToldUntil));
        Assert.Equal(new DateOnly(2026, 3, 15), Noise.ClosedUntil(new DateOnly(2026, 3, 16)));
        Assert.Equal(new DateOnly(2026, 3, 15), Noise.OpenUntil(new DateOnly(2026, 3, 15)));
    }

    [Fact]
    public void Made_again_it_is_the_same_and_in_another_period_or_store_or_by_another_secret_its_noise_is_another()
    {
        var made = Told(Make(Noise, Some(500)));
        Assert.Equal(made, Told(Make(Noise, Some(500))));
        Assert.NotEqual(made, Told(Make(Noise, Some(500), Today.AddDays(7))));
        Assert.NotEqual(made, Told(Make(Noise, Some(500), store: "other")));
        Assert.NotEqual(made, Told(Make(Noise, Some(500), secret: new byte[32])));
    }

    [Fact]
    public void With_one_customer_more_the_noise_is_drawn_anew_so_that_the_difference_does_not_tell()
    {
        // With one draw for both, the difference would be exactly the customer's.
        var differences = Enumerable.Range(100, 200).Select(n => CustomersOf(Make(Noise, Some(n + 1))) - CustomersOf(Make(Noise, Some(n))))
            .ToArray();
        Assert.InRange(differences.Count(d => d == 1), 1, 60);
        Assert.Contains(differences, d => d < 0);
    }

    [Fact]
    public void Figures_are_off_by_noise_of_the_scale_that_is_stated()
    {
        var release = Make(Noise, Some(4_000));
        var figures = release.Find(ReleasedTable.Lifecycle)!;
        Assert.Equal(["customers", "historic", "predicted", "atRisk"], figures.Measures.Select(m => m.Name));
        Assert.Equal(2, release.Tables.Sum(t => t.Measures.Sum(m => m.Epsilon)), 1e-12);
        Assert.All(
            release.Tables.SelectMany(t => t.Measures), m => Assert.Equal(m.Scale, m.Sensitivity / m.Epsilon, 1e-9 * m.Scale));
        var active = figures.Groups.Single(g => g.Name == "Active");
        Near(4_000, active.Customers, figures.Measures[0]);
        Near(4_000 * 500, active.Historic, figures.Measures[1]);
        Near(4_000 * 700, active.Predicted, figures.Measures[2]);
        var month = release.Find(ReleasedTable.Month)!;
        var curve = month.Groups.Single().Curve;
        Assert.Equal(3, curve.Length);
        Near(4_000, curve[1].Active, month.Measures[4]);
        Near(4_000 * 200, curve[1].Revenue, month.Measures[5]);
        Near(0, curve[2].Active, month.Measures[4]);

        static void Near(long exact, long told, NoisyMeasure measure) =>
            Assert.InRange(told, exact - (20 * measure.Scale), exact + (20 * measure.Scale));
    }

    [Fact]
    public void A_name_that_few_have_is_not_told_and_one_that_is_known_is()
    {
        var noise = Noise with { Tables = [ReleasedTable.Lifecycle, ReleasedTable.Channel] };
        ReleasedBuyer[] buyers = [.. Some(900), .. Some(3).Select(b => b with { Channel = "rare / cpc" })];
        var release = Make(noise, buyers);
        var channels = release.Find(ReleasedTable.Channel)!;
        Assert.Equal(["google / cpc"], channels.Groups.Select(g => g.Name));
        Assert.True(channels.Least > 40, $"{channels.Least}");
        Assert.Contains("Active", release.Find(ReleasedTable.Lifecycle)!.Groups.Select(g => g.Name));
        Assert.Equal(1, release.Find(ReleasedTable.Lifecycle)!.Least);
        Assert.Empty(Make(noise, Some(900), smallest: 1_000).Find(ReleasedTable.Channel)!.Groups);
    }

    [Fact]
    public void A_customer_counts_for_the_bound_at_most_in_each_sum_and_is_active_in_so_many_months()
    {
        PurchaseDay[] days = [.. Enumerable.Range(0, 20).Select(i =>
            new PurchaseDay(new DateOnly(2024, 1, 15).AddMonths(i), 1, new Money(3_000), new Money(3_000), new Money(900)))];
        var known = new CustomerSummary { PurchaseDays = [.. days], Credits = new Money(1_500) };
        var counted = new Contribution(
            0, Today, 0, new SegmentCell(Lifecycle.Active, 0),
            new SegmentSums(1, 20, default, known.Net, default, new Money(99_999), new Money(-5), 0, 0));
        var buyer = ReleasedBuyer.Of(known, counted, Noise with { Months = 4 }, Currency.Of("EUR"));
        Assert.Equal((10_000, 10_000, 0), (buyer.Historic, buyer.Predicted, buyer.AtRisk));
        Assert.Equal([3_000, 3_000, 3_000, 1_000, 0], buyer.Months.Take(5).Select(m => m.Revenue));
        Assert.Equal(10_000, buyer.Months.Sum(m => m.Revenue));
        Assert.Equal([1, 2, 3, 4], buyer.Months.Where(m => m.IsActive).Select(m => m.Since));
    }

    [Fact]
    public async Task It_is_kept_as_it_is_and_is_the_same_in_every_format()
    {
        var release = Make(Noise, Some(600));
        Assert.Equal(release.ToJson(), ReportRelease.Parse(release.ToJson()).ToJson());
        foreach (var table in new[]
        {
            ReleaseTables.RiskOf(release, release.Find(ReleasedTable.Lifecycle)!, Currency.Of("EUR")),
            ReleaseTables.CohortsOf(release, release.Find(ReleasedTable.Month)!, Currency.Of("EUR")),
        })
        {
            using var json = new MemoryStream();
            JsonFormat.Write(json, table);
            using var read = System.Text.Json.JsonDocument.Parse(json.ToArray());
            var customers = read.RootElement.GetProperty("rows").EnumerateArray().Select(r => $"{r.GetProperty("customers").GetInt64()}");
            Assert.Equal(customers, CsvFormat.Write(table).Split('\n').Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',')[
                table.Report == "risk" ? 1 : 2]));
            using var parquet = new MemoryStream();
            await ParquetFormat.WriteAsync(parquet, table);
            Assert.True(parquet.Length > 0);
            var noise = read.RootElement.GetProperty("noise");
            Assert.Equal((2m, "week"), (noise.GetProperty("epsilon").GetDecimal(), noise.GetProperty("period").GetString()));
        }
    }

    [Fact]
    public void The_kept_form_is_read_as_it_was_written()
    {
        const string Kept = """{"until":"2026-03-08","toldUntil":"2026-03-15","at":"2026-03-11T10:00:00+00:00","model"""
            + """Version":"m1","epsilon":0.5,"delta":0.000001,"bound":100,"months":12,"period":"Week","tables":["""
            + """{"table":"Month","least":40,"measures":[{"name":"customers","sensitivity":1,"epsilon":0.25,"scale":4}],"groups":["""
            + """{"name":"2026-01","customers":41,"historic":-2,"predicted":3,"atRisk":4,"curve":[{"active":41,"revenue":7}]}]}]}""";
        var release = ReportRelease.Parse(Kept);
        Assert.Equal((41, -2), (release.Tables[0].Groups[0].Customers, release.Tables[0].Groups[0].Historic));
        Assert.Equal(Kept, release.ToJson());
    }

    private static ReleasedBuyer[] Some(int count) =>
    [
        .. Enumerable.Range(0, count).Select(_ => new ReleasedBuyer(
            Lifecycle.Active, (2026 * 12) + 0, "google / cpc / spring", "google / cpc", "p1", 500, 700, 20,
            [new ReleasedMonth(0, false, 300), new ReleasedMonth(1, true, 200)])),
    ];

    private static ReportRelease Make(
        ReportNoise noise, IReadOnlyCollection<ReleasedBuyer> buyers, DateOnly? today = null, string store = "shop", byte[]? secret = null,
        int smallest = 0) =>
        new ReleaseMaker(
            new StoreSettings { Id = new StoreId(store), Currency = Currency.Of("EUR"), Noise = noise, SmallestGroup = smallest },
            secret ?? Secret).Make(buyers, today ?? Today, DateTimeOffset.UnixEpoch, "m1");

    private static long CustomersOf(ReportRelease release) =>
        release.Find(ReleasedTable.Lifecycle)!.Groups.Single(g => g.Name == "Active").Customers;

    private static string Told(ReportRelease release) => string.Join(
        ';', release.Tables.SelectMany(t => t.Groups).Where(g => g.Name is "Active" or "2026-01")
            .Select(g => $"{g.Name} {g.Customers} {g.Historic} {string.Join(',', g.Curve.Take(2))}"));
}
