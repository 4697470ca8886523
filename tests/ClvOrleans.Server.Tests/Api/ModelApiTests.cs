using System.Net;

namespace ClvOrleans.Server.Tests.Api;

public sealed class ModelApiTests(ClvFixture fixture) : IClassFixture<ClvFixture>
{
    [Fact]
    public async Task Models_are_trained_listed_found_and_put_in_force_and_reports_follow()
    {
        await fixture.RefusedAsync(422, "not_fitted", "api/models/train", HttpMethod.Post);
        await fixture.RefusedAsync(400, "invalid_until", "api/models/train?until=2199-01-01", HttpMethod.Post);
        await fixture.RefusedAsync(404, "unknown_model", "api/models/bg-nbd-1");
        await fixture.RefusedAsync(404, "unknown_model", "api/models/bg-nbd-1/promote", HttpMethod.Post);
        Assert.True((await fixture.GetAsync("api/models/prior")).GetProperty("isChampion").GetBoolean());

        await fixture.Clv.SendAsync([.. Orders()]);
        var (status, trained) = await fixture.SendAsync(HttpMethod.Post, "api/models/train?until=2025-12-31");
        Assert.Equal((HttpStatusCode.OK, 1), (status, trained.GetProperty("generation").GetInt32()));
        var champion = trained.GetProperty("champion").GetString()!;
        var models = (await fixture.GetAsync("api/models")).GetProperty("models").EnumerateArray().ToArray();
        Assert.Equal(trained.GetProperty("models").GetArrayLength(), models.Length);
        Assert.All(models, m => Assert.Equal(("2025-12-31", 200), (m.GetProperty("dataUntil").GetString(), m.GetProperty("customers").GetInt32())));
        Assert.True((await fixture.GetAsync($"api/models/{champion}")).GetProperty("isChampion").GetBoolean());
        await AssertReportIsOfAsync(champion);

        var other = models.Select(m => m.GetProperty("id").GetString()!).First(id => id != champion);
        var (_, promoted) = await fixture.SendAsync(HttpMethod.Post, $"api/models/{other}/promote");
        Assert.Equal((other, 2), (promoted.GetProperty("champion").GetString(), promoted.GetProperty("generation").GetInt32()));
        Assert.Equal(2, (await fixture.SendAsync(HttpMethod.Post, $"api/models/{other}/promote")).Body.GetProperty("generation").GetInt32());
        await AssertReportIsOfAsync(other);
    }

    // Two hundred buyers who differ in how often they buy, what they spend and how long they stay.
    private static IEnumerable<object> Orders()
    {
        var random = new Random(7);
        for (var c = 0; c < 200; c++)
        {
            var (gap, left) = (10 + (190 * random.NextDouble()), -120 * Math.Log(random.NextDouble()));
            var spend = 10 + (50 * random.NextDouble());
            for (var (day, o) = (0.0, 0); day <= Math.Min(left, 300); (day, o) = (day - (gap * Math.Log(random.NextDouble())), o + 1))
            {
                var at = new DateTime(2025, 1, 1, 12, 0, 0, DateTimeKind.Utc).AddDays((c % 60) + Math.Floor(day));
                yield return ClvFixture.Order($"b{c}", $"b{c}:{o}", Math.Round((decimal)(spend * (.5 + random.NextDouble())), 2), at.ToString("O"));
            }
        }
    }

    // A store as small as this is renewed within one read; the report says so, and agrees with each customer.
    private async Task AssertReportIsOfAsync(string model)
    {
        var start = TimeProvider.System.GetUtcNow();
        var report = await fixture.GetAsync("api/segments");
        while (report.GetProperty("age").GetProperty("at").GetDateTimeOffset() < start)
        {
            report = await fixture.GetAsync("api/segments");
        }

        Assert.Equal((model, 0), (report.GetProperty("modelVersion").GetString(), report.GetProperty("age").GetProperty("waiting").GetInt32()));
        var sum = 0m;
        for (var c = 0; c < 200; c++)
        {
            var value = await fixture.GetAsync($"api/customers/b{c}/clv");
            Assert.Equal(model, value.GetProperty("modelVersion").GetString());
            sum += value.GetProperty("predicted").GetProperty("value").GetDecimal();
        }

        Assert.Equal(sum, report.GetProperty("total").GetProperty("predictedValue").GetDecimal());
    }
}
