using ClvOrleans.Server.Http;

namespace ClvOrleans.Server.Api;

/// <summary>
/// The customer's id in an address. Routing leaves an escaped slash as it is, so that <c>a/b</c> could not be told from <c>a%2Fb</c>: the
/// raw address can.
/// </summary>
/// <param name="Value">The id.</param>
internal readonly record struct PathId(string Value)
{
    public static ValueTask<PathId> BindAsync(HttpContext context) => new(new PathId(RawPath.FindCustomer(context) ?? ""));
}
