using System.Net.Http.Json;

namespace ClvOrleans.Server.Tests.SignIn;

/// <summary>A service with a store beside its first, and the provider by which people sign in to it.</summary>
public sealed class ProviderFixture : IAsyncLifetime
{
    internal Uri Address { get; } = OidcProvider.FreeAddress();

    internal OidcProvider Provider { get; private set; } = null!;

    internal RunningClv Clv { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await OidcProvider.StartAsync(Address);
        Clv = await ClvInProcess.ServeWithAsync(
            [.. Provider.Options, "Access__SessionLength=00:20:00"], ClvProcess.NewFolder(), Address.ToString());
        foreach (var store in (string[])["de", "fr"])
        {
            using var made = await Clv.Http.PostAsJsonAsync("api/v1/stores", new { id = store, currency = "EUR" });
            made.EnsureSuccessStatusCode();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Clv is not null)
        {
            await Clv.DisposeAsync();
        }

        Provider?.Dispose();
    }

    internal Browser NewBrowser() => new(Address);
}
