using System.Text;

namespace ClvOrleans.Cli.Tests.Commands;

/// <summary>What to offer, what is in stock, what to spend, asked of a running service.</summary>
public sealed class DecisionSupportTests
{
    [Fact]
    public async Task Reports_are_tables_for_people_and_files_for_programs()
    {
        var folder = ClvProcess.NewFolder();
        await using var clv = await ServeAsync(folder);
        Assert.Matches(@"google / cpc\s+0\s+1\s+1\s+1\.00", await SuccessAsync("report", "cohorts", "--by", "channel", "--data", folder));

        Assert.Matches(@"\(not bought\)\s+top-1\s+1\s", await SuccessAsync("report", "movement", "--by", "tier", "--data", folder));

        var costs = Path.Combine(folder, "costs.csv");
        await File.WriteAllTextAsync(costs, "channel,from,to,amount\ngoogle / cpc,2020-01-01,2120-12-31,36890\n");
        Assert.Equal("1 cost was taken in.", (await SuccessAsync("report", "costs", costs, "--data", folder)).Trim());
        var acquisition = await SuccessAsync("report", "acquisition", "--format", "csv", "--data", folder);
        Assert.Equal("group,cost,customers,cac,marginSoFar,marginExpected,clv,clvToCac,paybackMonths", acquisition.Split("\r\n")[0]);
        Assert.Matches(@"(?m)^google / cpc,[0-9.]+,1,[0-9.]+,", acquisition);

        var file = Path.Combine(folder, "cohorts.parquet");
        await SuccessAsync("report", "cohorts", "--out", file, "--data", folder);
        Assert.Equal("PAR1", Encoding.ASCII.GetString(await File.ReadAllBytesAsync(file), 0, 4));
    }

    [Fact]
    public async Task What_is_out_of_stock_is_no_longer_offered()
    {
        var folder = ClvProcess.NewFolder();
        await using var clv = await ServeAsync(folder);
        Assert.Contains("lamp", await SuccessAsync("customer", "anna", "--recommendations", "--data", folder), StringComparison.Ordinal);
        await SuccessAsync("stock", "set", "lamp", "--units", "0", "--data", folder);
        Assert.Matches(@"lamp\s+0\s", await SuccessAsync("stock", "--data", folder));
        Assert.DoesNotContain(
            "lamp", await SuccessAsync("customer", "anna", "--recommendations", "--data", folder), StringComparison.Ordinal);
        await SuccessAsync("stock", "remove", "lamp", "--data", folder);
        Assert.Contains("lamp", await SuccessAsync("customer", "anna", "--recommendations", "--data", folder), StringComparison.Ordinal);
        Assert.Contains(
            "Next best action", await SuccessAsync("customer", "anna", "--experience", "--data", folder), StringComparison.Ordinal);
    }

    // Anna ordered a lamp a month ago, by an advertisement.
    private static async Task<RunningClv> ServeAsync(string folder)
    {
        var clv = await ClvInProcess.ServeAsync(folder);
        await clv.SendAsync(new
        {
            type = "track",
            @event = "Order Completed",
            messageId = "m1",
            userId = "anna",
            timestamp = TimeProvider.System.GetUtcNow().AddDays(-30),
            context = new { campaign = new { source = "google", medium = "cpc" } },
            properties = new { order_id = "1", total = 40, products = new[] { new { product_id = "lamp", price = 40, quantity = 1 } } },
        });
        return clv;
    }

    private static async Task<string> SuccessAsync(params string[] arguments)
    {
        var (status, output, error) = await ClvInProcess.RunAsync(arguments);
        Assert.True(status == 0, error);
        return output;
    }
}
