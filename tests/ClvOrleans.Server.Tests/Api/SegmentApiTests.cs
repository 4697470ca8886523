using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

public sealed class SegmentApiTests(SegmentApiTests.Store fixture) : IClassFixture<SegmentApiTests.Store>
{
    private const int Buyers = 240;

    [Fact]
    public async Task A_report_has_all_segments_totals_and_the_age_of_its_figures()
    {
        var report = await fixture.Service.GetAsync("api/v1/segments");
        var segments = report.GetProperty("segments").EnumerateArray().ToArray();
        Assert.Equal(31, segments.Length);
        Assert.Equal("prospect", segments[0].GetProperty("name").GetString());
        Assert.Equal(10, segments[0].GetProperty("customers").GetInt32());
        var total = report.GetProperty("total");
        Assert.Equal(Buyers, total.GetProperty("customers").GetInt32());
        foreach (var figure in (string[])[
            "customers", "orders", "historicValue", "historicMargin", "predictedValue", "expectedPurchaseDays", "revenueAtRisk"
        ])
        {
            Assert.Equal(total.GetProperty(figure).GetDecimal(), segments.Skip(1).Sum(s => s.GetProperty(figure).GetDecimal()));
        }

        var age = report.GetProperty("age");
        Assert.Equal(0, age.GetProperty("waiting").GetInt64());
        Assert.InRange(age.GetProperty("seconds").GetDouble(), 0, 30);
        Assert.Equal(report.GetProperty("at").GetString(), age.GetProperty("at").GetString());
        var froms = report.GetProperty("tiers").EnumerateArray().Select(t => t.GetProperty("from").GetDecimal()).ToArray();
        Assert.Equal(5, froms.Length);
        Assert.Equal(froms.OrderDescending(), froms);
    }

    [Fact]
    public async Task A_total_lies_within_an_interval_that_is_narrower_than_the_sum_of_its_segments_and_nobody_has_none()
    {
        var report = await fixture.Service.GetAsync("api/v1/segments");
        var total = Ends(report.GetProperty("total"))!.Value;
        Assert.InRange(report.GetProperty("total").GetProperty("predictedValue").GetDecimal(), total.Lower, total.Upper);
        Assert.All(report.GetProperty("segments").EnumerateArray(), s => Assert.Equal(
            s.GetProperty("customers").GetInt32() == 0 || s.GetProperty("name").GetString() == "prospect", Ends(s) is null));

        // What segments do not share evens out; the level, which they do share, does not.
        var parts = report.GetProperty("segments").EnumerateArray().Select(Ends).OfType<(decimal Lower, decimal Upper)>().ToArray();
        Assert.InRange(total.Upper - total.Lower, 1, parts.Sum(p => p.Upper - p.Lower));
        var asOf = DateOnly.Parse(report.GetProperty("asOf").GetString()!, null).AddDays(-1);
        var before = (await fixture.Service.GetAsync($"api/v1/segments?asOf={asOf:yyyy-MM-dd}")).GetProperty("total");
        Assert.InRange(before.GetProperty("predictedValue").GetDecimal(), Ends(before)!.Value.Lower, Ends(before)!.Value.Upper);
    }

    [Fact]
    public async Task The_list_of_each_segment_adds_up_to_its_row_exactly()
    {
        // A report may be a second old; this one knows all that was sent before.
        var start = TimeProvider.System.GetUtcNow();
        var report = await fixture.Service.GetAsync("api/v1/segments");
        while (report.GetProperty("at").GetDateTimeOffset() < start)
        {
            await Pause.ShortAsync();
            report = await fixture.Service.GetAsync("api/v1/segments");
        }

        foreach (var segment in report.GetProperty("segments").EnumerateArray())
        {
            var name = segment.GetProperty("name").GetString()!;
            var customers = await AllAsync($"segment={name}&limit=7");
            Assert.All(customers, c => Assert.Equal(name, c.GetProperty("segment").GetString()));
            Assert.Equal(
                (segment.GetProperty("customers").GetInt32(), segment.GetProperty("historicValue")
                    .GetDecimal(), segment.GetProperty("predictedValue").GetDecimal()),
                (customers.Count, customers.Sum(c => c.GetProperty("historic").GetDecimal()),
                    customers.Sum(c => c.GetProperty("predicted").GetDecimal())));
        }
    }

    [Fact]
    public async Task A_segment_and_a_lifecycle_are_found_by_name_and_lead_to_their_customers()
    {
        var lifecycle = await fixture.Service.GetAsync("api/v1/segments/new");
        Assert.Equal(6, lifecycle.GetProperty("segments").GetArrayLength());
        var customers = await fixture.Service.GetAsync(lifecycle.GetProperty("customers").GetString() + "&limit=1000");
        Assert.Equal(
            lifecycle.GetProperty("total").GetProperty("customers").GetInt32(), customers.GetProperty("customers").GetArrayLength());
        Assert.Equal(1, (await fixture.Service.GetAsync("api/v1/segments/lost.rest")).GetProperty("segments").GetArrayLength());
        foreach (var unknown in (string[])["gold", "new.top-2", "prospect.rest", "new."])
        {
            await fixture.Service.RefusedAsync(404, "unknown_segment", $"api/v1/segments/{unknown}");
        }
    }

    [Fact]
    public async Task Scores_and_clusters_come_with_a_training_and_lead_to_their_customers()
    {
        var untrained = await fixture.Service.GetAsync("api/v1/segments/rfm");
        if (untrained.GetProperty("cuts").ValueKind == JsonValueKind.Null)
        {
            Assert.Equal(Buyers, untrained.GetProperty("unscored").GetInt32());
            var none = await fixture.Service.GetAsync("api/v1/segments/clusters");
            Assert.StartsWith("No training", none.GetProperty("reason").GetString(), StringComparison.Ordinal);
            Assert.Equal("Succeeded", (await fixture.Service.JobAsync("api/v1/models/train")).GetProperty("state").GetString());
        }

        var rfm = await fixture.Service.GetAsync("api/v1/segments/rfm");
        while (rfm.GetProperty("age").GetProperty("waiting").GetInt64() > 0 || rfm.GetProperty("unscored").GetInt32() > 0)
        {
            await Pause.ShortAsync();
            rfm = await fixture.Service.GetAsync("api/v1/segments/rfm");
        }

        var cells = rfm.GetProperty("cells").EnumerateArray().ToArray();
        Assert.Equal(10, rfm.GetProperty("groups").GetArrayLength());
        foreach (var figure in (string[])["customers", "historicValue", "predictedValue"])
        {
            var total = rfm.GetProperty("total").GetProperty(figure).GetDecimal();
            Assert.Equal(total, cells.Sum(c => c.GetProperty("values").GetProperty(figure).GetDecimal()));
            Assert.Equal(total, rfm.GetProperty("groups").EnumerateArray().Sum(g => g.GetProperty(figure).GetDecimal()));
        }

        foreach (var cell in cells)
        {
            var values = cell.GetProperty("values");
            var listed = await AllAsync($"rfm={values.GetProperty("name").GetString()}&limit=7");
            Assert.Equal(values.GetProperty("customers").GetInt32(), listed.Count);
            Assert.All(listed, c => Assert.Equal(values.GetProperty("name").GetString(), c.GetProperty("rfm").GetString()));
        }

        var clusters = await fixture.Service.GetAsync("api/v1/segments/clusters");
        Assert.NotEmpty(clusters.GetProperty("reason").GetString()!);
        Assert.Equal(
            Buyers, clusters.GetProperty("unclustered").GetInt32()
                + clusters.GetProperty("clusters").EnumerateArray().Sum(c => c.GetProperty("values").GetProperty("customers").GetInt32()));
        foreach (var cluster in clusters.GetProperty("clusters").EnumerateArray())
        {
            var listed = await AllAsync($"cluster={cluster.GetProperty("id").GetString()}");
            Assert.Equal(cluster.GetProperty("values").GetProperty("customers").GetInt32(), listed.Count);
            Assert.All(listed, c => Assert.Equal(cluster.GetProperty("id").GetString(), c.GetProperty("cluster").GetString()));
        }
    }

    [Theory]
    [InlineData("predicted", "predicted")]
    [InlineData("historic", "historic")]
    [InlineData("atRisk", "atRisk")]
    public async Task Pages_give_everyone_once_in_order(string sort, string field)
    {
        var customers = await AllAsync($"sort={sort}&limit=11");
        Assert.Equal(Buyers, customers.Select(c => c.GetProperty("customer").GetString()).Distinct().Count());
        Assert.Equal(Buyers, customers.Count);
        var values = customers.Select(c => c.GetProperty(field).GetDecimal()).ToArray();
        Assert.Equal(values.OrderDescending(), values);
    }

    [Fact]
    public async Task Who_does_not_move_is_given_once_while_others_buy()
    {
        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = await fixture.Service.GetAsync($"api/v1/customers?sort=historic&limit=20{(next is null ? "" : $"&cursor={next}")}");
            seen.AddRange(page.GetProperty("customers").EnumerateArray().Select(c => c.GetProperty("customer").GetString()!));
            next = page.GetProperty("next").GetString();
            await fixture.Service.Clv.SendAsync(ClvFixture.Order("b0", $"b0:on:{seen.Count}", 5m));
        }
        while (next is not null);
        var silent = Enumerable.Range(1, Buyers - 1).Select(c => $"b{c}");
        Assert.Equal(silent.Order(StringComparer.Ordinal), seen.Where(c => c != "b0").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_cursor_is_for_the_list_that_gave_it()
    {
        var cursor = (await fixture.Service.GetAsync("api/v1/customers?limit=5")).GetProperty("next").GetString();
        foreach (var other in (string[])["sort=historic", "segment=new", "tier=rest", "minValue=1", "rfm=5-5-5", "cluster=c1"])
        {
            await fixture.Service.RefusedAsync(400, "invalid_cursor", $"api/v1/customers?{other}&cursor={cursor}");
        }

        await fixture.Service.RefusedAsync(400, "invalid_cursor", "api/v1/customers?cursor=AAAA");
        await fixture.Service.RefusedAsync(400, "invalid_cursor", "api/v1/customers?cursor=%00");
        Assert.Equal(
            3, (await fixture.Service.GetAsync($"api/v1/customers?sort=Predicted&limit=3&cursor={cursor}")).GetProperty("customers")
                .GetArrayLength());
    }

    [Fact]
    public async Task Prospects_are_listed_when_they_are_asked_for()
    {
        Assert.DoesNotContain(await AllAsync("sort=lastSeen"), c => c.GetProperty("lifecycle").GetString() == "prospect");
        var prospects = await AllAsync("segment=prospect");
        Assert.Equal(10, prospects.Count);
        Assert.All(prospects, p => Assert.Equal(JsonValueKind.Null, p.GetProperty("tier").ValueKind));
    }

    [Fact]
    public async Task A_least_value_and_a_tier_narrow_the_list()
    {
        var all = await AllAsync("limit=1000");
        var middle = all[all.Count / 2].GetProperty("predicted").GetDecimal();
        Assert.Equal(
            all.Where(c => c.GetProperty("predicted").GetDecimal() >= middle).Select(c => c.GetProperty("customer").GetString()),
            (await AllAsync($"minValue={middle}")).Select(c => c.GetProperty("customer").GetString()));
        Assert.Equal(
            all.Where(c => c.GetProperty("tier").GetString() == "top-10").Select(c => c.GetProperty("customer").GetString()),
            (await AllAsync("tier=top-10")).Select(c => c.GetProperty("customer").GetString()));
    }

    [Theory]
    [InlineData("segment=gold", "invalid_segment")]
    [InlineData("tier=gold", "invalid_tier")]
    [InlineData("segment=prospect&tier=rest", "invalid_tier")]
    [InlineData("segment=new.rest&tier=rest", "invalid_tier")]
    [InlineData("rfm=555", "invalid_rfm")]
    [InlineData("cluster=3", "invalid_cluster")]
    [InlineData("sort=name", "invalid_sort")]
    [InlineData("sort=1", "invalid_sort")]
    [InlineData("limit=0", "invalid_limit")]
    [InlineData("limit=1001", "invalid_limit")]
    [InlineData("limit=ten", "invalid_limit")]
    [InlineData("minValue=-1", "invalid_min_value")]
    [InlineData("minValue=1e99", "invalid_min_value")]
    [InlineData("minValue=a%0Ab", "invalid_min_value")]
    [InlineData("page=2", "unknown_parameter")]
    public async Task A_wrong_parameter_is_named(string query, string code) =>
        await fixture.Service.RefusedAsync(400, code, $"api/v1/customers?{query}");

    [Theory]
    [InlineData("customers?limit=ten", "limit: 'ten' is not a number.")]
    [InlineData("customers?minValue=1e99", "minValue: '1e99' is not a number.")]
    [InlineData("dead-letters?open=yes", "open: 'yes' is not true or false.")]
    public async Task What_was_said_of_a_parameter_is_repeated_where_it_cannot_be_read(string address, string message)
    {
        var (status, problem) = await fixture.Service.SendAsync(HttpMethod.Get, $"api/v1/{address}");
        Assert.Equal((400, message), ((int)status, problem.GetProperty("message").GetString()));
    }

    private async Task<List<JsonElement>> AllAsync(string query)
    {
        var customers = new List<JsonElement>();
        string? next = null;
        do
        {
            var page = await fixture.Service.GetAsync($"api/v1/customers?{query}{(next is null ? "" : $"&cursor={next}")}");
            customers.AddRange(page.GetProperty("customers").EnumerateArray());
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);
        return customers;
    }

    private static (decimal Lower, decimal Upper)? Ends(JsonElement values) =>
        values.GetProperty("predictedInterval") is { ValueKind: JsonValueKind.Object } interval
            ? (interval.GetProperty("lower").GetDecimal(), interval.GetProperty("upper").GetDecimal())
            : null;

    /// <summary>A store with buyers of two years, many of them alike, and ten visitors.</summary>
    public sealed class Store : IAsyncLifetime
    {
        public ClvFixture Service { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Service.InitializeAsync();
            var today = TimeProvider.System.GetUtcNow();
            await Service.Clv.SendAsync([.. Enumerable.Range(0, Buyers).SelectMany(c => Enumerable.Range(0, 1 + (c % 5)).Select(o =>
                ClvFixture.Order($"b{c}", $"b{c}:{o}", 10 + (c % 40), today.AddDays(-(c % 24 * 30) - (o * 9)).ToString("O"))))]);
            await Service.Clv.SendAsync(
                [.. Enumerable.Range(0, 10).Select(v => (object)new { type = "page", anonymousId = $"v{v}", messageId = $"v{v}" })]);
        }

        public ValueTask DisposeAsync() => Service.Clv.DisposeAsync();
    }
}
