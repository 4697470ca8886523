using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Sqlite;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Tests;

/// <summary>A store that holds orders of amounts that are refused by now is served, and put right by cancelling them.</summary>
public sealed class RepairTests
{
    private readonly string _folder = ClvProcess.NewFolder();

    [Fact]
    public async Task Absurd_orders_break_no_answer_and_are_cancelled_on_request_only()
    {
        await FillAsync();
        await using (var clv = await ClvInProcess.ServeAsync(_folder))
        {
            await clv.SendAsync(Tracked.Order("anna", "a1", 50m));
            var report = await clv.Http.GetFromJsonAsync<JsonElement>("api/v1/segments");
            Assert.Equal(
                (4 * 92_233_720_368_547_758.07m) + 51m, report.GetProperty("total").GetProperty("historicValue").GetDecimal());
            Assert.Equal(3, (await clv.Http.GetFromJsonAsync<JsonElement>("api/v1/customers")).GetProperty("customers").GetArrayLength());
            Assert.Equal(
                (2 * 92_233_720_368_547_758.07m) + 1m,
                (await clv.ClvAsync("rich0")).GetProperty("historic").GetProperty("gross").GetDecimal());
            foreach (var path in (string[])[
                "api/v1/customers/rich0", "api/v1/customers/rich0/explanation", "api/v1/customers/anna/clv",
                "api/v1/customers?sort=historic"
            ])
            {
                Assert.Equal(HttpStatusCode.OK, (await clv.Http.GetAsync(path)).StatusCode);
            }

            // With the service running: shown, and nothing done.
            var shown = await ClvInProcess.RunAsync("repair", "--data", _folder);
            Assert.Equal(0, shown.ExitCode);
            Assert.Contains(
                "4 orders are above USD 1,000,000,000; nothing was changed: --apply cancels them.", shown.Output, StringComparison.Ordinal);
            Assert.Contains("rich1-1", shown.Output, StringComparison.Ordinal);
            Assert.Equal(0, await clv.StopAsync());
        }

        // With the service stopped: done.
        var applied = await ClvInProcess.RunAsync("repair", "--apply", "--data", _folder, "--json");
        Assert.Equal((4, 4), (Of(applied.Output, "count"), Of(applied.Output, "cancelled")));
        Assert.Equal(
            (0, 0), (Of((await ClvInProcess.RunAsync("repair", "--apply", "--data", _folder, "--json")).Output, "count"), applied.ExitCode));
        await using var again = await ClvInProcess.ServeAsync(_folder);
        var total = (await again.Http.GetFromJsonAsync<JsonElement>("api/v1/segments")).GetProperty("total");
        Assert.Equal((51m, 2), (total.GetProperty("historicValue").GetDecimal(), total.GetProperty("orders").GetInt32()));
        Assert.Equal(1m, (await again.ClvAsync("rich0")).GetProperty("historic").GetProperty("net").GetDecimal());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1e19")]
    public async Task An_amount_that_is_none_is_refused_by_its_name(string above)
    {
        var run = await ClvInProcess.RunAsync(
            "repair", "--data", _folder, "--above",
            decimal.Parse(above, System.Globalization.NumberStyles.Float, null)
                .ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("above:", run.Error, StringComparison.Ordinal);
    }

    private static int Of(string json, string name) => JsonDocument.Parse(json).RootElement.GetProperty(name).GetInt32();

    // Straight through the port of storage, as an earlier program might have.
    private async Task FillAsync()
    {
        await using (await ClvInProcess.ServeAsync(_folder))
        {
        }

        var options = new SqliteOptions { Path = Path.Combine(_folder, "clv.db") };
        using var database = new SqliteDatabase(options);
        await using var writer = new SqliteWriter(database, options);
        var (journal, store) = (new SqliteJournal(database, writer), new StoreSettings { Id = new StoreId("shop") });
        for (var c = 0; c < 2; c++)
        {
            var (id, day) = (CustomerId.OfUser(store.Id, $"rich{c}"), new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero));
            var amounts = c == 0 ? (long[])[long.MaxValue, long.MaxValue, 100] : [long.MaxValue, long.MaxValue];
            CustomerEvent[] events = [.. amounts.Select((minor, i) => new CustomerEvent
            {
                MessageId = $"{i}", Source = "web", Kind = EventKind.OrderCompleted, At = day.AddDays(i),
                Order = new OrderFacts($"{id.Id}-{i}", new Money(minor)),
            })];
            var summary = CustomerSummary.Of(CustomerState.Fold(events, store), store);
            var estimate = ValueModels.Open(PriorModel.Version)
                .Estimate(summary, MarketCalendar.Empty, store, store.DayOf(day.AddDays(9)), store.Horizon);
            await journal.AppendAsync(new CustomerCommit
            {
                ExpectedSequence = 0,
                Events = [.. events],
                ClaimedOrders = [.. events.Select(e => e.OrderId!)],
                Row = new CustomerRow
                {
                    Id = id,
                    Sequence = events.Length,
                    Summary = summary,
                    Contribution = Contribution.Of(events.Length, 0, summary, estimate, store.MarginBasisPoints),
                },
            });
        }
    }
}
