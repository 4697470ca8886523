using System.Text.Json;
using ClvOrleans.Server.Tests.Api;

namespace ClvOrleans.Server.Tests.Clients;

/// <summary>What a browser makes of the first page.</summary>
public sealed class PageOfCustomerTests(ClvFixture fixture) : IClassFixture<ClvFixture>
{
    [Fact]
    public async Task A_customers_card_shows_why_as_bars_and_moves_and_takes_no_id_for_markup()
    {
        const string Hostile = "<img src=x onerror=alert(1)>";
        var chromium = NodeScript.Find("chromium");
        await fixture.Clv.SendAsync(
            ClvFixture.Order(Hostile, "<b>1</b>", 25m, "2025-01-10T12:00:00Z"),
            ClvFixture.Order(Hostile, Hostile, 40m, "2025-03-10T12:00:00Z"));
        var why = await fixture.GetAsync($"api/v1/customers/{Uri.EscapeDataString(Hostile)}/explanation");
        using var script = await NodeScript.StartSignedInAsync(
            fixture.Clv, "page.mjs", fixture.Clv.Http.BaseAddress!.ToString(), Hostile, chromium);
        using var card = JsonDocument.Parse(await script.EndAsync(TimeSpan.FromMinutes(2)));
        var (shown, contributions) = (card.RootElement, why.GetProperty("contributions").EnumerateArray().ToArray());

        Assert.Equal((Hostile, 0, 0), (
            shown.GetProperty("title").GetString(), shown.GetProperty("markup").GetInt32(),
            shown.GetProperty("complaints").GetArrayLength()));
        Assert.Equal(
            ["a new customer on the day of the first purchase, with the store's usual spend, in an ordinary market",
                .. contributions.Select(c => c.GetProperty("phrase").GetString()), "predicted, 365 days"],
            shown.GetProperty("rows").EnumerateArray().Select(r => r[0].GetString()));
        Assert.Equal(
            contributions.Select(c => c.GetProperty("amount").GetDecimal() < 0),
            shown.GetProperty("bars").EnumerateArray().Select(b => b.GetProperty("less").GetBoolean()));
        Assert.Equal(.5, shown.GetProperty("bars").EnumerateArray().Max(b => b.GetProperty("width").GetDouble()), .1);
        Assert.Equal(
            why.GetProperty("moves").EnumerateArray().Reverse()
                .Select(m => $"{m.GetProperty("to").GetString()} {m.GetProperty("sentence").GetString()}"),
            shown.GetProperty("moves").EnumerateArray().Select(m => m.GetString()));
    }
}
