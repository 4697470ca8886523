namespace ClvOrleans.Server.Tests;

/// <summary><c>store.json</c> as people write it.</summary>
public sealed class StoreFileTests
{
    [Fact]
    public async Task What_a_store_file_leaves_out_has_its_default()
    {
        var folder = ClvProcess.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "store.json"), """{ "writeKeys": { "WK": "web" }, "currency": "EUR" }""");
        await using var clv = await ClvProcess.ServeAsync(folder);
        await clv.SendAsync(CustomerValueTests.Order("anna", "1", 100m));
        var value = await clv.ClvAsync("anna");
        Assert.Equal(("EUR", 30m, 365), (
            value.GetProperty("currency").GetString(), value.GetProperty("historic").GetProperty("margin").GetDecimal(),
            value.GetProperty("horizonDays").GetInt32()));
    }

    [Theory]
    [InlineData("""{ "currency": "XXX" }""", "XXX")]
    [InlineData("""{ "timeZone": "Mars/Olympus" }""", "Mars/Olympus")]
    [InlineData("""{ "marginBasisPoints": 10001 }""", "marginBasisPoints")]
    [InlineData("""{ "annualDiscountRate": -0.1 }""", "annualDiscountRate")]
    [InlineData("""{ "horizonDays": 0 }""", "horizon")]
    [InlineData("""{ "id": "My Shop" }""", "My Shop")]
    [InlineData("""{ "rates": { "EUR": -1 } }""", "rates")]
    [InlineData("""{ "rates": { "XXX": 1 } }""", "XXX")]
    [InlineData("""{ "curency": "EUR" }""", "curency")]
    [InlineData("""{ "currency": """, "store.json")]
    public async Task What_is_wrong_with_a_store_file_is_named(string text, string named)
    {
        var folder = ClvProcess.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "store.json"), text);
        var run = await ClvProcess.RunAsync("serve", "--data", folder, "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(named, run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }
}
