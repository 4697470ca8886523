using System.Globalization;
using System.Net;
using System.Text.Json;
using ClvOrleans.Valuation.Features;

namespace ClvOrleans.Server.Tests.Api;

public sealed class ModelApiTests(ClvFixture fixture) : IClassFixture<ClvFixture>
{
    [Fact]
    public async Task Before_the_first_training_there_is_the_prior_and_too_little_data_changes_nothing()
    {
        await fixture.RefusedAsync(404, "no_training", "api/v1/models/training");
        await fixture.RefusedAsync(404, "no_training", "api/v1/models/training", HttpMethod.Delete);
        await fixture.RefusedAsync(409, "nothing_before", "api/v1/models/rollback", HttpMethod.Post);
        var refused = await fixture.JobAsync("api/v1/models/train");
        Assert.Equal("Refused", refused.GetProperty("state").GetString());
        Assert.StartsWith("No model was trained: ", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("Refused", (await fixture.GetAsync("api/v1/models/training")).GetProperty("outcome").GetString());
        await fixture.RefusedAsync(404, "unknown_model", "api/v1/models/bg-nbd-0/drift");
        await fixture.RefusedAsync(404, "no_result", "api/v1/models/prior/drift");
        Assert.False(
            (await fixture.JobAsync("api/v1/models/prior/drift")).GetProperty("result").GetProperty("asksForTraining").GetBoolean());
        Assert.False((await fixture.GetAsync("api/v1/models/prior/drift")).GetProperty("asksForTraining").GetBoolean());
        Assert.Equal(
            "Nobody has a paid order yet.", (await fixture.JobAsync("api/v1/models/all/backtest")).GetProperty("message").GetString());
        await fixture.RefusedAsync(404, "no_result", "api/v1/models/all/backtest");
        await fixture.RefusedAsync(404, "unknown_job", "api/v1/jobs/training-9");
        await fixture.RefusedAsync(404, "unknown_job", "api/v1/jobs/training-9", HttpMethod.Delete);
        await fixture.RefusedAsync(409, "job_ended", "api/v1/jobs/training-1", HttpMethod.Delete);
        var jobs = (await fixture.GetAsync("api/v1/jobs?limit=2")).GetProperty("jobs").EnumerateArray()
            .Select(j => j.GetProperty("kind").GetString());
        Assert.Equal(["Backtest", "Drift"], jobs);
        Assert.Equal("prior", (await fixture.GetAsync("api/v1/models/history")).GetProperty("champion").GetString());
        await fixture.RefusedAsync(400, "invalid_until", "api/v1/models/train?until=2199-01-01", HttpMethod.Post);
        await fixture.RefusedAsync(404, "unknown_model", "api/v1/models/bg-nbd-0");
        await fixture.RefusedAsync(404, "unknown_model", "api/v1/models/bg-nbd-0/promote", HttpMethod.Post);
        Assert.True((await fixture.GetAsync("api/v1/models/prior")).GetProperty("model").GetProperty("isPrior").GetBoolean());
    }

    [Theory]
    [InlineData("invalid_folds", "folds=1")]
    [InlineData("invalid_folds", "folds=21")]
    [InlineData("invalid_threshold", "threshold=0")]
    [InlineData("invalid_threshold", "threshold=1")]
    [InlineData("invalid_threshold", "threshold=NaN")]
    [InlineData("invalid_calibration_end", "calibrationEnd=2026-01-31&holdoutEnd=2026-01-31")]
    public Task A_backtest_refuses_what_is_out_of_range(string code, string query) =>
        fixture.RefusedAsync(400, code, $"api/v1/models/all/backtest?{query}", HttpMethod.Post);

    [Fact]
    public async Task A_model_is_trained_listed_and_put_in_force_and_reports_follow_it()
    {
        await using var store = new ClvFixture();
        await store.InitializeAsync();
        var until = await SendCdnowAsync(store);
        var job = await store.JobAsync($"api/v1/models/train?until={until:yyyy-MM-dd}");
        Assert.True(job.TryGetProperty("result", out var trained), job.ToString());
        Assert.Equal(1, trained.GetProperty("generation").GetInt32());
        var champion = trained.GetProperty("champion").GetString()!;
        Assert.Equal("ensemble-1", champion);
        var models = (await store.GetAsync("api/v1/models")).GetProperty("models").EnumerateArray().ToArray();
        Assert.Equal(trained.GetProperty("models").GetArrayLength(), models.Length);
        Assert.Equal(
            // CLVTools
            -9582.4292, models.Single(m => m.GetProperty("family").GetString() == "bg-nbd").GetProperty("logLikelihood").GetDouble(), 1e-3);
        Assert.True((await store.GetAsync($"api/v1/models/{champion}")).GetProperty("isChampion").GetBoolean());
        await AssertReportIsOfAsync(store, champion);
        await AssertExplainsAsync(store, until);

        var other = models.Select(m => m.GetProperty("id").GetString()!).First(id => id != champion);
        var (_, promoted) = await store.SendAsync(HttpMethod.Post, $"api/v1/models/{other}/promote");
        Assert.Equal((other, 2), (promoted.GetProperty("champion").GetString(), promoted.GetProperty("generation").GetInt32()));
        Assert.Equal(
            2, (await store.SendAsync(HttpMethod.Post, $"api/v1/models/{other}/promote")).Body.GetProperty("generation").GetInt32());
        await AssertReportIsOfAsync(store, other);

        Assert.Equal((champion, 3), await RollBackAsync(store));
        Assert.Equal(("prior", 4), await RollBackAsync(store));
        await AssertReportIsOfAsync(store, "prior");
        await store.RefusedAsync(409, "nothing_before", "api/v1/models/rollback", HttpMethod.Post);
        var history = (await store.GetAsync("api/v1/models/history")).GetProperty("promotions").EnumerateArray();
        Assert.Equal(["prior", champion, other, champion], history.Select(p => p.GetProperty("model").GetString()));
        await AssertLogTellsAsync(store, champion, models.Length);
        Assert.Equal(
            9, (await store.JobAsync($"api/v1/models/{champion}/drift")).GetProperty("result").GetProperty("features").GetArrayLength());
    }

    // By features, of which the greatest comes first, to the cent; and the live value is the one that is explained.
    private static async Task AssertExplainsAsync(ClvFixture store, DateOnly until)
    {
        var customer = (await store.GetAsync("api/v1/customers?limit=1")).GetProperty("customers")[0].GetProperty("customer").GetString();
        var why = await store.GetAsync($"api/v1/customers/{customer}/explanation?asOf={until:yyyy-MM-dd}");
        var value = (await store.GetAsync($"api/v1/customers/{customer}/clv?asOf={until:yyyy-MM-dd}")).GetProperty("predicted")
            .GetProperty("value").GetDecimal();
        var amounts = why.GetProperty("contributions").EnumerateArray().Select(c => c.GetProperty("amount").GetDecimal()).ToArray();

        Assert.Equal(("propagated", value), (why.GetProperty("method").GetString(), why.GetProperty("value").GetDecimal()));
        Assert.Equal(value - why.GetProperty("baseline").GetProperty("value").GetDecimal(), amounts.Sum());
        Assert.Equal(amounts.OrderByDescending(Math.Abs), amounts);
        Assert.All(
            why.GetProperty("contributions").EnumerateArray().Select(c => c.GetProperty("name").GetString()!),
            n => Assert.Contains(n, FeatureCatalogue.Names));
        Assert.NotEmpty(why.GetProperty("moves").EnumerateArray());
    }

    private static async Task<(string?, int)> RollBackAsync(ClvFixture store)
    {
        var (_, body) = await store.SendAsync(HttpMethod.Post, "api/v1/models/rollback");
        return (body.GetProperty("champion").GetString(), body.GetProperty("generation").GetInt32());
    }

    // The sample's 2,357 customers, each model, and why the winner won.
    private static async Task AssertLogTellsAsync(ClvFixture store, string champion, int models)
    {
        var detail = await store.GetAsync($"api/v1/models/{champion}");
        Assert.Equal(2, detail.GetProperty("promotions").GetArrayLength());
        var log = detail.GetProperty("log").EnumerateArray().Select(l => l.GetProperty("text").GetString()!).ToArray();
        Assert.StartsWith("2,357 buyers", log[0], StringComparison.Ordinal);
        Assert.Equal(models, log.Count(l => l.Contains(": ln L", StringComparison.Ordinal))); // the spend model, and not the pool
        Assert.Contains(log, l => l.StartsWith($"promoted {champion}, an ensemble on top of ", StringComparison.Ordinal));
        var training = Assert.Single((await store.GetAsync("api/v1/models/trainings")).GetProperty("trainings").EnumerateArray());
        Assert.Equal(("Trained", champion), (training.GetProperty("outcome").GetString(), training.GetProperty("champion").GetString()));
    }

    // CDNOW, moved so that its last day is a month ago: the day that was 1997-09-30 is returned.
    private static async Task<DateOnly> SendCdnowAsync(ClvFixture store)
    {
        var shift = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-30).DayNumber
            - new DateOnly(1998, 6, 30).DayNumber;
        var orders = File.ReadLines(SharedData.Find("cdnow/CDNOW_sample.txt"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select((f, i) => ClvFixture.Order(
                f[0], $"o{i}", decimal.Parse(f[4], CultureInfo.InvariantCulture),
                $"{DateOnly.ParseExact(f[2], "yyyyMMdd", CultureInfo.InvariantCulture).AddDays(shift):yyyy-MM-dd}T12:00:00Z"));
        foreach (var batch in orders.Chunk(1_000))
        {
            await store.Clv.SendAsync(batch);
        }

        return new DateOnly(1997, 9, 30).AddDays(shift);
    }

    // A store of this size is renewed within one read: the report says so, and agrees with the list and with single customers.
    private static async Task AssertReportIsOfAsync(ClvFixture store, string model)
    {
        var start = TimeProvider.System.GetUtcNow();
        var report = await store.GetAsync("api/v1/segments");
        while (report.GetProperty("age").GetProperty("at").GetDateTimeOffset() < start)
        {
            await Pause.ShortAsync();
            report = await store.GetAsync("api/v1/segments");
        }

        Assert.Equal(
            (model, 0), (report.GetProperty("modelVersion").GetString(), report.GetProperty("age").GetProperty("waiting").GetInt32()));
        var customers = new List<JsonElement>();
        for (string? next = "", query = ""; next is not null; query = $"&cursor={next}")
        {
            var page = await store.GetAsync($"api/v1/customers?limit=1000{query}");
            customers.AddRange(page.GetProperty("customers").EnumerateArray());
            next = page.GetProperty("next").GetString();
        }

        Assert.Equal(2_357, customers.Count);
        Assert.Equal(
            report.GetProperty("total").GetProperty("predictedValue").GetDecimal(),
            customers.Sum(c => c.GetProperty("predicted").GetDecimal()));
        foreach (var customer in customers.Where((_, i) => i % 100 == 0))
        {
            var value = await store.GetAsync($"api/v1/customers/{customer.GetProperty("customer").GetString()}/clv");
            Assert.Equal(model, value.GetProperty("modelVersion").GetString());
            Assert.Equal(
                (customer.GetProperty("predicted").GetDecimal(), customer.GetProperty("segment").GetString()),
                (value.GetProperty("predicted").GetProperty("value").GetDecimal(), value.GetProperty("segment").GetString()));
        }
    }
}
