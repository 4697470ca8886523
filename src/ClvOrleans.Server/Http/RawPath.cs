using Microsoft.AspNetCore.Http.Features;

namespace ClvOrleans.Server.Http;

/// <summary>
/// The address as it was sent. Routing leaves an escaped slash as it is, so that <c>a/b</c> could not be told from <c>a%2Fb</c>: the raw
/// address can.
/// </summary>
internal static class RawPath
{
    /// <summary>The parameter of addresses that is a customer's id, where it is one.</summary>
    public const string CustomerParameter = "id";

    private const string Customers = "/api/v1/customers/";

    /// <summary>The id of the customer that an address is about; null where it is about none.</summary>
    public static string? FindCustomer(HttpContext context)
    {
        var path = UpTo('?', context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        var start = path.IndexOf(Customers, StringComparison.OrdinalIgnoreCase);
        return start < 0 ? null : Uri.UnescapeDataString(UpTo('/', path[(start + Customers.Length)..]));
    }

    /// <summary>The address for logs and traces, which are to name nobody: of one about a customer only what it is.</summary>
    public static string WithoutCustomer(HttpContext context) => FindCustomer(context) is null
        ? context.Request.Path.ToString()
        : (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? Customers;

    private static ReadOnlySpan<char> UpTo(char end, ReadOnlySpan<char> text) => text.IndexOf(end) is >= 0 and var at ? text[..at] : text;
}
