using System.Text;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Intake;

/// <summary>Finds the write key in its four places: Basic, the body, the body beside a Bearer token, the query of beacons.</summary>
internal static class WriteKey
{
    /// <summary>The source of the key; null where it is missing, wrong, or differs between header, body and query.</summary>
    public static string? FindSource(HttpRequest request, string? inBody, OneStore store) =>
        Given(request, inBody) is [{ } key] ? store.FindSource(key) : null;

    /// <summary>
    /// Whether header and query leave it open that the key is right: they hold it, or none. Asked before anything is done for the body.
    /// </summary>
    public static bool MayBeRight(HttpRequest request, OneStore store) => Given(request, null) switch
    {
        [] => true,
        [{ } key] => store.FindSource(key) is not null,
        _ => false,
    };

    private static string[] Given(HttpRequest request, string? inBody) =>
    [
        .. new[] { Basic(request.Headers.Authorization.ToString()), inBody, request.Query["writeKey"].FirstOrDefault() }
            .OfType<string>().Where(k => k.Length > 0).Distinct(),
    ];

    // No key is blank, so that what is no Basic authorization matches none, whatever the body says.
    private const string Unreadable = " ";

    private static string? Basic(string authorization)
    {
        var parts = authorization.Split(' ', 2, StringSplitOptions.TrimEntries);
        if (parts is not [var scheme, var credentials] || !scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(credentials)).Split(':', 2)[0];
        }
        catch (FormatException)
        {
            return Unreadable;
        }
    }
}
