using System.Globalization;

namespace ClvOrleans.Server.Hosting;

/// <summary>The files and sockets that this process may have open.</summary>
internal static class OpenFiles
{
    private const string Limits = "/proc/self/limits";
    private const string Row = "Max open files";

    /// <summary>How many (the soft limit, which the runtime has raised to the hard one); null where the system does not say.</summary>
    public static long? Limit()
    {
        if (!File.Exists(Limits))
        {
            return null;
        }

        var row = File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith(Row, StringComparison.Ordinal));
        return row is not null
            && long.TryParse(
                row[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture, out var soft)
            ? soft
            : null;
    }
}
