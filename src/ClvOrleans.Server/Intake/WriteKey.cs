using System.Text;
using ClvOrleans.Server.Hosting;

namespace ClvOrleans.Server.Intake;

/// <summary>Finds the write key in its four places: Basic, the body, the body beside a Bearer token, the query of beacons.</summary>
internal static class WriteKey
{
    /// <summary>The source of the key; null where it is missing, wrong, or differs between header and body.</summary>
    public static string? FindSource(HttpRequest request, string? inBody, OneStore store)
    {
        var inHeader = Basic(request.Headers.Authorization.ToString());
        if (inHeader is not null && inBody is not null && inHeader != inBody)
        {
            return null;
        }

        var key = inHeader ?? inBody ?? request.Query["writeKey"].FirstOrDefault();
        return key is null ? null : store.FindSource(key);
    }

    private static string? Basic(string authorization)
    {
        if (!authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            var text = Encoding.UTF8.GetString(Convert.FromBase64String(authorization[6..].Trim()));
            return text.Split(':', 2)[0] is { Length: > 0 } key ? key : null;
        }
        catch (FormatException)
        {
            return "";
        }
    }
}
