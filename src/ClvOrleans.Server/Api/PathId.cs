using Microsoft.AspNetCore.Http.Features;

namespace ClvOrleans.Server.Api;

/// <summary>
/// The customer's id in an address. Routing leaves an escaped slash as it is, so that <c>a/b</c> could not be told from <c>a%2Fb</c>: the
/// raw address can.
/// </summary>
/// <param name="Value">The id.</param>
internal readonly record struct PathId(string Value)
{
    private const string Before = "/api/v1/customers/";

    public static ValueTask<PathId> BindAsync(HttpContext context)
    {
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        var start = path.IndexOf(Before, StringComparison.OrdinalIgnoreCase) + Before.Length;
        return new(new PathId(Uri.UnescapeDataString(path[start..].Split('/')[0])));
    }
}
