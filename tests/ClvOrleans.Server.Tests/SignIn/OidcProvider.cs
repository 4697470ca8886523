using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using ClvOrleans.Server.Tests.Clients;

namespace ClvOrleans.Server.Tests.SignIn;

/// <summary>
/// A real OpenID provider in a process of its own, at which people sign in by their name; the test is skipped where Node or the provider's
/// package is missing.
/// </summary>
internal sealed class OidcProvider : IDisposable
{
    /// <summary>What the provider and the service know of each other.</summary>
    public const string Secret = "hush-of-the-provider-0123456789abcdef";

    private static readonly string Folder = Path.Combine(SharedData.Root(), "tests", "clients");
    private readonly Process _process;
    private readonly HttpClient _http = new();

    private OidcProvider(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>What makes a service use it.</summary>
    public string[] Options =>
    [
        $"Oidc__Authority={Address.GetLeftPart(UriPartial.Authority)}", "Oidc__ClientId=clv", $"Oidc__ClientSecret={Secret}",
        "Oidc__Name=the company", "Oidc__Roles=owners=admin;marketing=act;shop-de=read@de;shop-fr=act@fr;staff=read",
    ];

    /// <summary>A provider for services at some addresses.</summary>
    public static async Task<OidcProvider> StartAsync(params Uri[] services)
    {
        var node = NodeScript.Find("node");
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Folder, "node_modules", "oidc-provider")),
            "The provider is not there: npm install --no-save --prefix tests/clients.");
        string[] arguments =
        [
            "provider.mjs", FreePort.Find().ToString(CultureInfo.InvariantCulture), Secret,
            .. services.Select(s => s.GetLeftPart(UriPartial.Authority)),
        ];
        var process = Process.Start(new ProcessStartInfo(node, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true })!;
        return await process.StandardOutput.ReadLineAsync() is { } address
            ? new OidcProvider(process, new Uri(address))
            : throw new InvalidOperationException("The provider did not start.");
    }

    /// <summary>An address that nothing serves.</summary>
    public static Uri FreeAddress() => new($"http://127.0.0.1:{FreePort.Find().ToString(CultureInfo.InvariantCulture)}/");

    /// <summary>Says which roles somebody has from now on.</summary>
    public async Task HasRolesAsync(string person, params string[] roles)
    {
        using var reply = await _http.PostAsJsonAsync(
            new Uri(Address, $"people/{person}"), new { roles, email = $"{person}@shop.example", name = person });
        reply.EnsureSuccessStatusCode();
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _http.Dispose();
    }
}
