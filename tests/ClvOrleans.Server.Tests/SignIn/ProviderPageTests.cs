using System.Text.Json;
using ClvOrleans.Server.Tests.Clients;

namespace ClvOrleans.Server.Tests.SignIn;

/// <summary>What a person sees of signing in by a provider, and out, in a browser.</summary>
public sealed class ProviderPageTests(ProviderFixture fixture) : IClassFixture<ProviderFixture>
{
    [Fact]
    public async Task The_page_leads_to_the_provider_and_back_to_what_was_asked_for_and_out_of_both()
    {
        var chromium = NodeScript.Find("chromium");
        await fixture.Provider.HasRolesAsync("wanda", "marketing");
        using var script = NodeScript.Start("sign-in.mjs", fixture.Address.ToString(), "wanda", chromium);
        var shown = JsonElement.Parse(await script.EndAsync(TimeSpan.FromMinutes(2)));
        Assert.Equal("Sign in with the company", shown.GetProperty("offer").GetString());
        Assert.Equal("Storefront of a customer", shown.GetProperty("arrived").GetString());
        Assert.StartsWith("You were not signed in", shown.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Empty(shown.GetProperty("complaints").EnumerateArray());
    }
}
