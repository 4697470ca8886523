using ClvOrleans.Server.Access;

namespace ClvOrleans.Server.SignIn;

/// <summary>
/// By what the provider knows whom to sign out: the token that it gave at signing in, in a cookie that only signing out is sent.
/// </summary>
internal static class ProviderHint
{
    private const string Path = "/sign-out";
    private const string None = "none";
    private const int Longest = 3_500; // Browsers drop cookies from 4,096 bytes on; the provider asks then who it is.

    /// <summary>Keeps the token of a session.</summary>
    public static void Set(HttpContext context, string? token, DateTimeOffset until) => context.Response.Cookies.Append(
        NameFor(context.Request), token is { Length: > 0 and <= Longest } ? token : None, Options(context.Request, until));

    /// <summary>The token, or an empty text where there was none to keep; null where the provider was not asked. Forgets it.</summary>
    public static string? Take(HttpContext context)
    {
        var name = NameFor(context.Request);
        if (context.Request.Cookies[name] is not { } kept)
        {
            return null;
        }

        context.Response.Cookies.Delete(name, Options(context.Request, null));
        return kept == None ? "" : kept;
    }

    // Cookies named __Host- are for all paths.
    private static string NameFor(HttpRequest request) =>
        $"{SessionCookie.NameFor(request).Replace("__Host-", "", StringComparison.Ordinal)}-hint";

    private static CookieOptions Options(HttpRequest request, DateTimeOffset? until) => new()
    {
        HttpOnly = true,
        Secure = request.IsHttps,
        SameSite = SameSiteMode.Strict,
        Path = Path,
        Expires = until,
        IsEssential = true,
    };
}
