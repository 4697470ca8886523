using System.Net.Http.Headers;

namespace ClvOrleans.Tests;

/// <summary>
/// Asks as the owner of a data folder: the key in it, which the service's first start makes, is sent with what names no other.
/// </summary>
internal sealed class OwnerKey(string folder) : DelegatingHandler(new SocketsHttpHandler())
{
    private const string Scheme = "Bearer ";
    private AuthenticationHeaderValue? _key;

    /// <summary>A client of the service that has a folder.</summary>
    public static HttpClient Client(Uri address, string folder) => new(new OwnerKey(folder)) { BaseAddress = address };

    /// <summary>The key; null where there is none yet.</summary>
    public static string? Find(string folder)
    {
        var path = Path.Combine(folder, "owner.key");
        return File.Exists(path) ? File.ReadAllText(path).Split(Scheme)[1].Trim() : null;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _key ??= Find(folder) is { } key ? new AuthenticationHeaderValue(Scheme.Trim(), key) : null;
        request.Headers.Authorization ??= _key;
        return base.SendAsync(request, cancellationToken);
    }
}
