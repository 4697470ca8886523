namespace ClvOrleans.Server.Tests;

/// <summary><c>store.json</c> as people write it.</summary>
public sealed class StoreFileTests
{
    [Fact]
    public async Task What_a_store_file_leaves_out_has_its_default()
    {
        var folder = ClvProcess.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "store.json"), """{ "writeKeys": { "WK": "web" }, "currency": "EUR" }""");
        await using var clv = await ClvInProcess.ServeAsync(folder);
        await clv.SendAsync(Tracked.Order("anna", "1", 100m));
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
    [InlineData("""{ "writeKeys": null }""", "writeKeys must be an object of at least one write key")]
    [InlineData("""{ "writeKeys": {} }""", "writeKeys must be an object of at least one write key")]
    [InlineData("""{ "writeKeys": { "": "web" } }""", "writeKeys: '' cannot be a write key")]
    [InlineData("""{ "writeKeys": { "a b": "web" } }""", "writeKeys: 'a b' cannot be a write key")]
    [InlineData("""{ "writeKeys": { "a:b": "web" } }""", "writeKeys: 'a:b' cannot be a write key")]
    [InlineData("""{ "writeKeys": { "WK": 1 } }""", "writeKeys: the source of 'WK' must be text")]
    [InlineData("""{ "id": 3 }""", "id must be text in quotation marks.")]
    [InlineData("""{ "id": "\ud800" }""", "id is not valid Unicode.")]
    [InlineData("""{ "\ud800": 1 }""", "not valid Unicode.")]
    [InlineData("""{ "marginBasisPoints": "30 %" }""", "marginBasisPoints must be a whole number such as 3000")]
    [InlineData("""{ "rates": [] }""", "rates must be an object")]
    [InlineData("""{ "smallestGroup": 1 }""", "smallestGroup must be 2 to 1,000 customers, or 0")]
    [InlineData("""{ "smallestGroup": 1001 }""", "smallestGroup must be 2 to 1,000 customers, or 0")]
    [InlineData("""{ "smallestGroup": "10" }""", "smallestGroup must be a whole number such as 10")]
    [InlineData("""{ "expectedCustomers": 0 }""", "expectedCustomers must be 1 to 409,600,000")]
    [InlineData("""{ "expectedCustomers": 409600001 }""", "expectedCustomers must be 1 to 409,600,000")]
    [InlineData("""{ "expectedCustomers": "many" }""", "expectedCustomers must be 1 to 409,600,000")]
    [InlineData("""{ "keepDays": 30 }""", "keepDays must be an object of days")]
    [InlineData("""{ "keepDays": { "behavior": 30 } }""", "keepDays: there is no 'behavior'")]
    [InlineData("""{ "keepDays": { "behaviour": -1 } }""", "keepDays: behaviour must be a whole number of days, 0 to 3,650.")]
    [InlineData("""{ "keepDays": { "behaviour": 3651 } }""", "keepDays: behaviour must be a whole number of days, 0 to 3,650.")]
    [InlineData("""{ "keepDays": { "behaviour": 99999999999 } }""", "keepDays: behaviour must be a whole number of days, 0 to 3,650.")]
    [InlineData("""{ "keepDays": { "behaviour": 30.5 } }""", "keepDays: behaviour must be a whole number of days, 0 to 3,650.")]
    [InlineData("""{ "keepDays": { "behaviour": "30" } }""", "keepDays: behaviour must be a whole number of days, 0 to 3,650.")]
    [InlineData("""{ "keepDays": { "behaviour": null } }""", "keepDays: behaviour must be a whole number of days, 0 to 3,650.")]
    [InlineData("""{ "keepDays": { "behaviour": 30, "behaviour": 90 } }""", "keepDays: behaviour is given twice")]
    [InlineData("""{ "currency": "EUR", "currency": "USD" }""", "currency is given twice")]
    [InlineData("""{ "stockSources": "web" }""", "stockSources must be an array of sources of write keys")]
    [InlineData("""{ "stockSources": [1] }""", "stockSources must be text in quotation marks.")]
    [InlineData("""{ "stockSources": ["erp"] }""", "stockSources: 'erp' is not the source of a write key")]
    [InlineData("""{ "sources": {} }""", "sources must be an array of sources")]
    [InlineData("""{ "sources": [1] }""", "sources must be an array of sources")]
    [InlineData("""{ "sources": [{ "kind": "shopify", "secrets": ["a"] }] }""", "sources: name must be text")]
    [InlineData("""{ "sources": [{ "name": "a b", "kind": "shopify", "secrets": ["a"] }] }""", "'a b' cannot be one")]
    [InlineData("""{ "sources": [{ "name": "import", "kind": "shopify", "secrets": ["a"] }] }""", "'import' cannot be one")]
    [InlineData(
        """{ "sources": [{ "name": "s", "kind": "magento", "secrets": ["a"] }] }""",
        "sources: s: kind must be one of shopify, woocommerce, ga4.")]
    [InlineData("""{ "sources": [{ "name": "s", "kind": "shopify" }] }""", "sources: s: secrets must be an array of the source's secret")]
    [InlineData(
        """{ "sources": [{ "name": "s", "kind": "shopify", "secrets": [] }] }""",
        "sources: s: secrets must be an array of the source's secret")]
    [InlineData(
        """{ "sources": [{ "name": "s", "kind": "shopify", "secrets": ["a", "b", "c"] }] }""",
        "sources: s: secrets must be an array of the source's secret")]
    [InlineData(
        """{ "sources": [{ "name": "s", "kind": "shopify", "secrets": ["a "] }] }""",
        "sources: s: a secret is blank, or has a space at an end")]
    [InlineData("""{ "sources": [{ "name": "s", "kind": "shopify", "secret": "a" }] }""", "sources: s: there is no setting 'secret'")]
    [InlineData(
        """{ "sources": [{ "name": "s", "kind": "shopify", "kind": "ga4", "secrets": ["a"] }] }""", "sources: s: kind is given twice")]
    [InlineData("""{ "sources": [{ "name": "s", "kind": "ga4", "secrets": ["a"] }] }""", "sources: s: measurementId is missing")]
    [InlineData(
        """{ "sources": [{ "name": "s", "kind": "shopify", "secrets": ["a"], "measurementId": "G-1" }] }""",
        "sources: s: measurementId belongs to sources of kind ga4")]
    [InlineData(
        """{ "sources": [{ "name": "s", "kind": "shopify", "secrets": ["a"] }, { "name": "s", "kind": "shopify", "secrets": ["a"] }] }""",
        "the name 's' is given twice")]
    [InlineData("""{ "sources": [{ "name": "web", "kind": "shopify", "secrets": ["a"] }] }""", "'web' is the source of a write key too")]
    [InlineData("[]", "one JSON object")]
    [InlineData("", "line 1, byte 1")]
    public async Task What_is_wrong_with_a_store_file_is_named(string text, string named)
    {
        var folder = ClvProcess.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "store.json"), text);
        var run = await ClvInProcess.RunAsync("serve", "--data", folder, "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(named, run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Single(run.Error.Trim().Split('\n'));
        Assert.DoesNotContain("System.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(".NET", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a:b")]
    public async Task A_write_key_that_no_client_could_send_makes_no_store(string key)
    {
        var folder = ClvProcess.NewFolder();
        var run = await ClvInProcess.RunAsync("serve", "--data", folder, "--urls", "http://127.0.0.1:0", "--write-key", key);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("write key", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "store.json")));
    }
}
