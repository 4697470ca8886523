using System.Text;
using ClvOrleans.Server.Hosting;

namespace ClvOrleans.Server.Intake;

/// <summary>Finds the write key in its four places: Basic, the body, the body beside a Bearer token, the query of beacons.</summary>
internal static class WriteKey
{
    /// <summary>The source of the key; null where it is missing, wrong, or differs between header, body and query.</summary>
    public static string? FindSource(HttpRequest request, string? inBody, OneStore store)
    {
        var inHeader = Basic(request.Headers.Authorization.ToString());
        var inQuery = request.Query["writeKey"].FirstOrDefault();
        var keys = new[] { inHeader, inBody, inQuery }.Where(k => !string.IsNullOrEmpty(k)).Distinct().ToArray();
        return keys is [{ } key] ? store.FindSource(key) : null;
    }

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
