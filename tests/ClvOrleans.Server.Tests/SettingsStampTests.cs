using System.Net.Http.Json;
using System.Text.Json;

namespace ClvOrleans.Server.Tests;

/// <summary>What store.json may change, and what it may not, once the journal has events.</summary>
public sealed class SettingsStampTests
{
    private const string File = """
        { "id": "shop", "currency": "USD", "timeZone": "UTC", "marginBasisPoints": 3000, "horizonDays": 365, "writeKeys": { "WK": "web" } }
        """;

    private readonly string _folder = ClvProcess.NewFolder();

    private string Path => System.IO.Path.Combine(_folder, "store.json");

    [Theory]
    [InlineData("\"currency\": \"USD\"", "\"currency\": \"JPY\"", "currency is 'JPY'", "'USD'")]
    [InlineData("\"timeZone\": \"UTC\"", "\"timeZone\": \"Asia/Tokyo\"", "timeZone is 'Asia/Tokyo'", "'UTC'")]
    [InlineData("\"id\"", "\"expectedCustomers\": 30000000, \"id\"", "expectedCustomers: 30,000,000 customers take 512", "64")]
    [InlineData("\"id\": \"shop\"", "\"id\": \"other\"", "id is 'other'", "another store, 'shop'")]
    public async Task What_decided_how_events_were_folded_cannot_be_changed(string from, string to, string field, string stamped)
    {
        await FillAsync();
        await WriteAsync(File.Replace(from, to, StringComparison.Ordinal));
        var said = await RefusedAsync();
        Assert.Contains(field, said, StringComparison.Ordinal);
        Assert.Contains(stamped, said, StringComparison.Ordinal);

        // Put back, it is served as before.
        await WriteAsync(File);
        await using var clv = await ClvInProcess.ServeAsync(_folder);
        Assert.Equal(60m, (await TotalAsync(clv)).GetProperty("historicValue").GetDecimal());
    }

    [Fact]
    public async Task Before_the_first_event_the_currency_and_the_time_zone_can_be_corrected()
    {
        await WriteAsync(File);
        await using (var empty = await ClvInProcess.ServeAsync(_folder))
        {
            Assert.Equal(0, await empty.StopAsync());
        }

        await WriteAsync(
            File.Replace("USD", "EUR", StringComparison.Ordinal).Replace("\"UTC\"", "\"Asia/Tokyo\"", StringComparison.Ordinal));
        await using var clv = await ClvInProcess.ServeAsync(_folder);
        await clv.SendAsync([Tracked.Order("c", "1", 20m)]);
        Assert.Equal("EUR", (await clv.ClvAsync("c")).GetProperty("currency").GetString());
        Assert.Equal(0, await clv.StopAsync());

        await WriteAsync(File);
        Assert.Contains("its amounts are kept in 'EUR'", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_without_its_store_file_is_not_served_as_a_new_store()
    {
        await FillAsync();
        System.IO.File.Delete(Path);
        Assert.Contains("currency 'USD', timeZone 'UTC', marginBasisPoints 3000", await RefusedAsync(), StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(Path));
    }

    [Fact]
    public async Task A_changed_margin_and_horizon_are_told_as_waiting_until_reports_and_customers_agree_again()
    {
        await FillAsync();
        await WriteAsync(File.Replace("3000", "9000", StringComparison.Ordinal).Replace("365", "30", StringComparison.Ordinal));
        await using var clv = await ClvInProcess.ServeAsync(_folder);
        JsonElement report;
        do
        {
            await Pause.ShortAsync();
            report = await clv.Http.GetFromJsonAsync<JsonElement>("api/v1/segments");
        }
        while (report.GetProperty("age").GetProperty("waiting").GetInt64() > 0);

        decimal margin = 0, predicted = 0;
        for (var c = 0; c < 3; c++)
        {
            var value = await clv.ClvAsync($"c{c}");
            margin += value.GetProperty("historic").GetProperty("margin").GetDecimal();
            predicted += value.GetProperty("predicted").GetProperty("value").GetDecimal();
        }

        var total = report.GetProperty("total");
        Assert.Equal(
            (54m, predicted, 54m),
            (total.GetProperty("historicMargin").GetDecimal(), total.GetProperty("predictedValue").GetDecimal(), margin));
        var history = await clv.Http.GetFromJsonAsync<JsonElement>("api/v1/models/history");
        Assert.Equal("Settings", Assert.Single(history.GetProperty("promotions").EnumerateArray()).GetProperty("cause").GetString());
        Assert.Equal(JsonValueKind.Null, history.GetProperty("previous").ValueKind);
    }

    private async Task FillAsync()
    {
        await WriteAsync(File);
        await using var clv = await ClvInProcess.ServeAsync(_folder);
        await clv.SendAsync([.. Enumerable.Range(0, 3).Select(c => Tracked.Order($"c{c}", $"{c}", 20m))]);
        Assert.Equal(0, await clv.StopAsync());
    }

    private Task WriteAsync(string text) => System.IO.File.WriteAllTextAsync(Path, text);

    private async Task<string> RefusedAsync()
    {
        var run = await ClvInProcess.RunAsync("serve", "--data", _folder, "--urls", "http://127.0.0.1:0");
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.StartsWith(Path, run.Error, StringComparison.Ordinal);
        return run.Error;
    }

    private static async Task<JsonElement> TotalAsync(RunningClv clv) =>
        (await clv.Http.GetFromJsonAsync<JsonElement>("api/v1/segments")).GetProperty("total");
}
