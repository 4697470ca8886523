using System.Text.Json;

namespace ClvOrleans.Cli.Tests.Commands;

/// <summary>
/// What a newcomer does on the first day, by the real executable: each failure is one sentence, and comes before the work.
/// </summary>
public sealed class FirstDayTests
{
    [Theory]
    [InlineData(
        "--report: there is no folder", "backtest", "FILE", "--calibration-end", "2024-01-31", "--holdout-end", "2024-03-31", "--report",
        "/nowhere/x.html")]
    [InlineData(
        "--predictions: there is no folder", "backtest", "FILE", "--calibration-end", "2024-01-31", "--holdout-end", "2024-03-31",
        "--predictions", "/nowhere/x.csv")]
    [InlineData(
        "--holdout-end 2031-01-01 is after the last event of", "backtest", "FILE", "--calibration-end", "2024-01-31", "--holdout-end",
        "2031-01-01")]
    [InlineData("--rejects: there is no folder", "import", "FILE", "--rejects", "/nowhere/x.csv")]
    [InlineData("--out: there is no folder", "simulate", "--out", "/nowhere/x.jsonl")]
    [InlineData("--truth: /tmp is a folder.", "simulate", "--truth", "/tmp")]
    public async Task What_cannot_be_done_is_said_in_one_sentence_before_the_work(string sentence, params string[] arguments)
    {
        var file = await OrdersAsync("anna,1,2024-01-02,5\nanna,2,2024-03-03,5\nben,3,2024-04-03,5\n");
        var run = await ClvInProcess.RunAsync(
            [.. arguments.Select(a => a == "FILE" ? file : a), .. arguments.Contains("--data")
                ? []
                : (string[])["--data", file + "-data"]]);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(sentence, run.Error.Trim().Split('\n')[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(file + "-data"));
    }

    [Theory]
    [InlineData("--calibration-end: '30.09.1997' is not a date such as 2026-01-31.", "backtest", "x", "--calibration-end", "30.09.1997")]
    [InlineData("--as-of: '31.1.2026' is not a date such as 2026-01-31.", "customer", "anna", "--as-of", "31.1.2026")]
    [InlineData("--as-of: 'today' is not a date such as 2026-01-31.", "segments", "--as-of", "today")]
    [InlineData("--horizon: 'long' is not 1 to 3,650 days", "customer", "anna", "--horizon", "long")]
    [InlineData("--dates: 'german' is not dmy", "import", "FILE", "--dates", "german")]
    [InlineData("--urls: 'https://127.0.0.1:0' asks for https", "serve", "--urls", "https://127.0.0.1:0")]
    [InlineData("--urls: 'http://127.0.0.1:0/x' has more than a host and a port", "demo", "--urls", "http://127.0.0.1:0/x")]
    public async Task A_wrong_option_is_named(string sentence, params string[] arguments)
    {
        var file = await OrdersAsync("anna,1,2024-01-02,5\n");
        var run = await ClvInProcess.RunAsync([.. arguments.Select(a => a == "FILE" ? file : a), "--data", file + "-data"]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(file + "-data"));
    }

    [Fact]
    public async Task An_import_of_which_every_line_is_refused_fails_and_one_of_which_some_count_does_not()
    {
        var store = ClvProcess.NewFolder();
        var none = await ClvInProcess.RunAsync("import", await OrdersAsync("anna,1,31.02.2024,5\nben,2,2024-02-30,5\n"), "--data", store);
        Assert.Equal(1, none.ExitCode);
        Assert.Contains("nothing was imported, every line was refused", none.Error, StringComparison.Ordinal);
        Assert.Contains("dates are 2024-01-31, 31.01.2024, 31/01/2024 or 01/31/2024", none.Output, StringComparison.Ordinal);

        var some = await OrdersAsync("anna,1,31.02.2024,5\nben,2,2024-02-03,5\n");
        Assert.Equal(0, (await ClvInProcess.RunAsync("import", some, "--data", store)).ExitCode);
        Assert.Equal(0, (await ClvInProcess.RunAsync("import", some, "--data", store)).ExitCode);
    }

    [Fact]
    public async Task A_running_service_is_told_the_order_of_dates_too()
    {
        var folder = ClvProcess.NewFolder();
        await using var clv = await ClvInProcess.ServeAsync(folder);
        var file = await OrdersAsync("anna,1,02/03/2024,5\n");
        var refused = await ClvInProcess.RunAsync("import", file, "--data", folder);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(
            "is 2 March 2024 with the day first and 3 February 2024 with the month first", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await ClvInProcess.RunAsync("import", file, "--data", folder, "--dates", "dmy")).ExitCode);
        using var profile = JsonDocument.Parse(await clv.Http.GetStringAsync("api/v1/customers/anna"));
        Assert.Equal("2024-03-02", profile.RootElement.GetProperty("firstSeen").GetString());
    }

    [Fact]
    public async Task Refused_events_are_listed_and_told_where_the_segments_are()
    {
        var folder = ClvProcess.NewFolder();
        await using var clv = await ClvInProcess.ServeAsync(folder);
        Assert.Contains("No event was refused.", await SuccessAsync("refused", "--data", folder), StringComparison.Ordinal);
        await clv.SendAsync(
            new { type = "track", @event = "Order Completed", userId = "anna", properties = new { revenue = 5 } },
            Tracked.Order("anna", "1", 5m));

        var listed = await SuccessAsync("refused", "--data", folder);
        Assert.Matches(@"missing_order_id\s+web\s+1", listed);
        Assert.Contains("properties.order_id is missing.", listed, StringComparison.Ordinal);
        Assert.Contains(
            "1 event was refused and does not count: clv refused lists it.", await SuccessAsync("segments", "--data", folder),
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            "missing_order_id: properties", await SuccessAsync("refused", "--code", "invalid_time", "--data", folder),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Segments_of_old_data_offer_the_day_of_their_last_event_and_show_the_buyers_of_that_day()
    {
        var store = ClvProcess.NewFolder();
        Assert.Equal(
            0,
            (await ClvInProcess.RunAsync(
                "import", await OrdersAsync("anna,1,1998-06-28,5\nben,2,1998-06-30,7\ncarl,3,1998-01-01,3\n"), "--data", store)).ExitCode);
        var today = await SuccessAsync("segments", "--data", store);
        Assert.Contains("The last event is of 1998-06-30: clv segments --as-of 1998-06-30", today, StringComparison.Ordinal);
        Assert.DoesNotContain("new.", today, StringComparison.Ordinal);

        var then = JsonDocument.Parse(await SuccessAsync("segments", "--as-of", "1998-06-29", "--data", store, "--json")).RootElement;
        Assert.Equal("1998-06-29", then.GetProperty("asOf").GetString());
        Assert.Equal(
            (2, 8m),
            (then.GetProperty("total").GetProperty("customers").GetInt32(), then.GetProperty("total").GetProperty("historicValue")
                .GetDecimal()));
        Assert.Equal(
            1, then.GetProperty("segments").EnumerateArray().Where(s => s.GetProperty("lifecycle").GetString() == "new")
                .Sum(s => s.GetProperty("customers").GetInt32()));
        var one = JsonDocument.Parse(
            await SuccessAsync("customer", "anna", "--as-of", "1998-06-29", "--data", store, "--json")).RootElement;
        var other = JsonDocument.Parse(
            await SuccessAsync("customer", "carl", "--as-of", "1998-06-29", "--data", store, "--json")).RootElement;
        Assert.Equal(then.GetProperty("total").GetProperty("predictedValue").GetDecimal(), Predicted(one) + Predicted(other));
    }

    [Fact]
    public async Task Health_names_the_service_that_has_the_folder()
    {
        var folder = ClvProcess.NewFolder();
        await using var clv = await ClvInProcess.ServeAsync(folder);
        Assert.Equal($"The service at {clv.Http.BaseAddress} is ready.", (await SuccessAsync("health", "--data", folder)).Trim());
        using var json = JsonDocument.Parse(await SuccessAsync("health", "--data", folder, "--json"));
        Assert.True(json.RootElement.GetProperty("ready").GetBoolean());
        await clv.StopAsync();

        var gone = await ClvInProcess.RunAsync("health", "--urls", clv.Http.BaseAddress!.ToString());
        Assert.Equal((1, $"The service at {clv.Http.BaseAddress} is not ready: it does not answer."), (gone.ExitCode, gone.Error.Trim()));
    }

    [Fact]
    public async Task A_prospect_is_not_one_who_has_left()
    {
        var folder = ClvProcess.NewFolder();
        await using var clv = await ClvInProcess.ServeAsync(folder);
        await clv.SendAsync(
            new { type = "track", @event = "Product Added", userId = "mia", properties = new { product_id = "p", price = 5 } });
        var predicted = (await clv.ClvAsync("mia")).GetProperty("predicted");
        Assert.Equal(JsonValueKind.Null, predicted.GetProperty("probabilityAlive").ValueKind);
        Assert.Equal(JsonValueKind.Null, predicted.GetProperty("churnProbability").ValueKind);
        Assert.Contains(
            "not one yet: nothing was bought", await SuccessAsync("customer", "mia", "--data", folder), StringComparison.Ordinal);
        Assert.Contains("prospect", await SuccessAsync("segments", "--data", folder), StringComparison.Ordinal);
        using var list = JsonDocument.Parse(await clv.Http.GetStringAsync("api/v1/customers?segment=prospect"));
        Assert.Equal(JsonValueKind.Null, list.RootElement.GetProperty("customers")[0].GetProperty("probabilityAlive").ValueKind);
    }

    [Fact]
    public async Task The_demo_leaves_no_folder_where_its_port_is_taken()
    {
        await using var clv = await ClvInProcess.ServeAsync(ClvProcess.NewFolder());
        var folder = Path.Combine(ClvProcess.NewFolder(), "demo");
        var run = await ClvInProcess.RunAsync("demo", "--data", folder, "--urls", clv.Http.BaseAddress!.ToString());
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("The address http://127.0.0.1:", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
        var help = await SuccessAsync("demo", "--help");
        Assert.Contains("[default: ./clv-demo]", help, StringComparison.Ordinal);
        Assert.DoesNotContain("./clv-data", help, StringComparison.Ordinal);
    }

    private static decimal Predicted(JsonElement clv) => clv.GetProperty("predicted").GetProperty("value").GetDecimal();

    private static async Task<string> OrdersAsync(string lines)
    {
        var file = Path.Combine(ClvProcess.NewFolder(), "orders.csv");
        await File.WriteAllTextAsync(file, "customer_id,order_id,timestamp,total\n" + lines);
        return file;
    }

    private static async Task<string> SuccessAsync(params string[] arguments)
    {
        var run = await ClvInProcess.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output;
    }
}
