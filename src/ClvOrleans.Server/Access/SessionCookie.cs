namespace ClvOrleans.Server.Access;

/// <summary>
/// The cookie of people who are signed in: no script reads it, and no other site's request but the opening of a link sends it.
/// </summary>
internal static class SessionCookie
{
    /// <summary>
    /// Its name. Browsers keep the cookies of all ports of a host together, and those of services beside each other must not be mixed up.
    /// </summary>
    public static string NameFor(HttpRequest request) =>
        request.IsHttps ? "__Host-clv-session" : $"clv-session-{request.Host.Port ?? 80}";

    /// <summary>Sets it.</summary>
    public static void Set(HttpContext context, string text, DateTimeOffset until) =>
        context.Response.Cookies.Append(NameFor(context.Request), text, Options(context.Request, until));

    /// <summary>Takes it away.</summary>
    public static void Clear(HttpContext context) =>
        context.Response.Cookies.Delete(NameFor(context.Request), Options(context.Request, null));

    /// <summary>
    /// Whether a request comes from a page of this service. Browsers say so themselves where they may, and else by whom a page was made.
    /// </summary>
    public static bool IsFromHere(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        return site.Length > 0
            ? site == "same-origin"
            : Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin)
                && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }

    private static CookieOptions Options(HttpRequest request, DateTimeOffset? until) => new()
    {
        HttpOnly = true,
        Secure = request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        Expires = until,
        IsEssential = true,
    };
}
