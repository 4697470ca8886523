using System.Globalization;
using System.Text.Json;

namespace ClvOrleans.Reliability.Tests.Kills;

/// <summary>What the service says of its customers, in the words of the drill.</summary>
internal static class FiguresOfService
{
    public static async Task<Figures> ReadAsync(Client client, string customer)
    {
        var value = await client.HistoricAsync(customer);
        var answer = await client.GetAsync($"api/v1/customers/{customer}?events=0");
        Assert.True(answer.Status == 200, answer.ToString());
        var (profile, counts) = (answer.Json, answer.Json.GetProperty("features").GetProperty("counts"));
        return new Figures(
            value.Orders, (long)(value.Gross * 100), (long)(value.Net * 100), profile.GetProperty("revision").GetInt64(),
            Count(counts, "ProductViewed"), Count(counts, "PageViewed"), Day(profile, "firstSeen"), Day(profile, "lastSeen"),
            profile.GetProperty("traits").TryGetProperty("plan", out var plan) ? plan.GetString() : null);
    }

    /// <summary>All who have bought, from the pages of the list.</summary>
    public static async Task<IReadOnlyList<(string Customer, long Orders, decimal Historic, decimal Predicted)>> ListAsync(Client client)
    {
        var list = new List<(string, long, decimal, decimal)>();
        for (string? cursor = ""; cursor is not null;)
        {
            var answer =
                await client.GetAsync($"api/v1/customers?limit=1000{(cursor.Length > 0 ? $"&cursor={Uri.EscapeDataString(cursor)}" : "")}");
            Assert.True(answer.Status == 200, answer.ToString());
            list.AddRange(answer.Json.GetProperty("customers").EnumerateArray().Select(c => (
                c.GetProperty("customer").GetString()!, c.GetProperty("orders").GetInt64(), c.GetProperty("historic").GetDecimal(),
                c.GetProperty("predicted").GetDecimal())));
            cursor = answer.Json.GetProperty("next").GetString();
        }

        return list;
    }

    private static int Count(JsonElement counts, string kind) => counts.TryGetProperty(kind, out var count) ? count.GetInt32() : 0;

    private static DateOnly Day(JsonElement profile, string name) =>
        DateOnly.Parse(profile.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
