using System.Globalization;
using System.Net;
using System.Text.Json;

namespace ClvOrleans.Cli.Demo;

/// <summary>
/// What the demo's shop knows from its own books: what is in stock, and what its advertising cost. Stated once, so that there is something
/// to order, something that is sold out, and something to compare the value of customers with.
/// </summary>
internal static class DemoBooks
{
    private const int Weeks = 4;
    private const int Months = 12;

    // Of what is expected to be sold in four weeks: sold out, some days, some weeks, plenty.
    private static readonly double[] Cover = [0, .2, .8, 1.5, 3];

    // Of what a customer costs on average, month by month: only spend that differs tells what the next unit brings.
    private static readonly double[] Pace = [.5, 1, 1.6, .8, 1.3, .7];

    /// <summary>States what was not stated in an earlier run.</summary>
    public static async Task StateAsync(HttpClient http, CancellationToken cancellation)
    {
        var stock = await http.GetFromJsonAsync<JsonElement>("api/v1/stock?limit=1", cancellation);
        if (stock.GetProperty("products").GetArrayLength() == 0)
        {
            await StateStockAsync(http, cancellation);
        }

        var costs = await http.GetFromJsonAsync<JsonElement>("api/v1/acquisition/costs", cancellation);
        if (costs.GetArrayLength() == 0)
        {
            await StateCostsAsync(http, cancellation);
        }
    }

    private static async Task StateStockAsync(HttpClient http, CancellationToken cancellation)
    {
        using var reply = await http.GetAsync($"api/v1/demand?by=product&weeks={Weeks}", cancellation);
        if (reply.StatusCode == HttpStatusCode.Conflict)
        {
            return; // A store of a few customers may not have sold anything yet.
        }

        var demand = await reply.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellation);
        var units = demand.GetProperty("rows").EnumerateArray()
            .Select(r => (Product: r.GetProperty("product").GetString()!, Units: r.GetProperty("units").GetDouble()))
            .Where(r => r.Product[0] != '(') // What the whole is made of besides products.
            .AggregateBy(r => r.Product, 0.0, (sum, r) => sum + r.Units).OrderBy(p => p.Key, StringComparer.Ordinal);
        var statements = units.Select((p, i) => new
        {
            product = p.Key,
            units = (long)Math.Round(p.Value * Cover[i % Cover.Length]),
            promoted = i % 7 == 3,
            leadDays = 3 + (i % 3 * 4),
        });
        using var stated = await http.PutAsJsonAsync("api/v1/stock", statements, cancellation);
        stated.EnsureSuccessStatusCode();
    }

    private static async Task StateCostsAsync(HttpClient http, CancellationToken cancellation)
    {
        var report = await http.GetFromJsonAsync<JsonElement>("api/v1/reports/cohorts?by=channel", cancellation);
        var asOf = DateOnly.Parse(report.GetProperty("asOf").GetString()!, CultureInfo.InvariantCulture);
        var first = new DateOnly(asOf.Year, asOf.Month, 1).AddMonths(-Months);
        var channels = report.GetProperty("rows").EnumerateArray()
            .Where(r => r.GetProperty("month").GetInt32() == 0)
            .Select(r => (Name: r.GetProperty("cohort").GetString()!, Customers: r.GetProperty("customers").GetInt32()))
            .Where(c => c.Name[0] != '('); // Nobody paid for those who came by themselves.
        var costs =
            from channel in channels.Select((c, i) => (c.Name, OfMonth: c.Customers * (5 + (4 * i)) / (2.0 * Months)))
            from month in Enumerable.Range(0, Months)
            let day = first.AddMonths(month)
            select new
            {
                channel = channel.Name,
                @from = day,
                to = day.AddMonths(1).AddDays(-1),
                amount = decimal.Round((decimal)(channel.OfMonth * Pace[month % Pace.Length]), 2),
            };
        var all = costs.Where(c => c.amount > 0).ToList();
        if (all.Count > 0)
        {
            using var posted = await http.PostAsJsonAsync("api/v1/acquisition/costs", all, cancellation);
            posted.EnsureSuccessStatusCode();
        }
    }
}
