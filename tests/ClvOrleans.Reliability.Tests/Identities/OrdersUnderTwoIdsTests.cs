namespace ClvOrleans.Reliability.Tests.Identities;

/// <summary>Invariant 3 for an order that came under two ids before anyone knew that they are one person.</summary>
public sealed class OrdersUnderTwoIdsTests
{
    private const string Earlier = "2025-10-01T00:00:00Z";
    private const string Later = "2025-10-02T00:00:00Z";

    [Fact]
    public async Task An_order_under_two_user_ids_has_its_earliest_completion_in_every_order_of_arrival()
    {
        await using var service = await Service.ServeAsync(Service.NewFolder());
        foreach (var arrival in Orders("ABC"))
        {
            await SendAsync(service.Client, arrival, new()
            {
                ['A'] = Track.Order($"u{arrival}", $"order{arrival}", 100, Later, $"A{arrival}"),
                ['B'] = Track.Order($"old{arrival}", $"order{arrival}", 50, Earlier, $"B{arrival}"),
                ['C'] = Track.Alias($"u{arrival}", $"old{arrival}", $"C{arrival}"),
            });
        }

        await CountsOnceAsync(service.Client, Orders("ABC"), 3);
    }

    [Fact]
    public async Task An_order_of_two_visitors_has_its_earliest_completion_in_every_order_of_arrival()
    {
        await using var service = await Service.ServeAsync(Service.NewFolder());
        foreach (var arrival in Orders("ABCD"))
        {
            await SendAsync(service.Client, arrival, new()
            {
                ['A'] = Track.OrderOfVisitor($"v{arrival}", $"order{arrival}", 100, Later, $"A{arrival}"),
                ['B'] = Track.OrderOfVisitor($"w{arrival}", $"order{arrival}", 50, Earlier, $"B{arrival}"),
                ['C'] = Track.Identify($"u{arrival}", $"v{arrival}", $"C{arrival}"),
                ['D'] = Track.Identify($"u{arrival}", $"w{arrival}", $"D{arrival}"),
            });
        }

        await CountsOnceAsync(service.Client, Orders("ABCD"), 4);
    }

    private static async Task SendAsync(Client client, string arrival, Dictionary<char, object> events)
    {
        foreach (var next in arrival)
        {
            await client.AcknowledgedAsync(events[next]);
        }
    }

    private static async Task CountsOnceAsync(Client client, string[] arrivals, long events)
    {
        var found = new List<(string, Historic)>();
        foreach (var arrival in arrivals)
        {
            found.Add((arrival, await client.HistoricAsync($"u{arrival}")));
        }

        Assert.Equal(arrivals.Select(a => (a, new Historic(1, 50, 50, events))), found);
        Assert.Equal(50m * arrivals.Length, (await client.ReportAsync()).GetProperty("total").GetProperty("historicValue").GetDecimal());
    }

    private static string[] Orders(string letters) => letters.Length < 2
        ? [letters]
        : [.. letters.SelectMany(l => Orders(letters.Replace($"{l}", "", StringComparison.Ordinal)).Select(rest => l + rest))];
}
