using System.Globalization;
using ClvOrleans.Storage.Postgres;

namespace ClvOrleans.Benchmarks.Scale;

/// <summary>Processor time of a PostgreSQL server on this machine: of its processes that run, and of those that have ended.</summary>
internal sealed class ServerProcessor
{
    private const double TicksASecond = 100; // USER_HZ of Linux
    private readonly int _postmaster;

    private ServerProcessor(int postmaster) => _postmaster = postmaster;

    public static async Task<ServerProcessor> OfAsync(PostgresStore store)
    {
        await using var connection = await store.Database.Source.OpenConnectionAsync();
        return new ServerProcessor(StatOf(connection.ProcessID)!.Value.Parent);
    }

    /// <summary>Seconds so far.</summary>
    public double Seconds()
    {
        var ticks = StatOf(_postmaster)!.Value is var server ? server.Own + server.OfEnded : 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process)
                && StatOf(process) is { } stat && stat.Parent == _postmaster)
            {
                ticks += stat.Own + stat.OfEnded;
            }
        }

        return ticks / TicksASecond;
    }

    // man 5 proc: the name in parentheses is field 2, the parent 4, and the times are fields 14 to 17.
    private static (int Parent, long Own, long OfEnded)? StatOf(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (Number(1), Number(11) + Number(12), Number(13) + Number(14));

            int Number(int field) => int.Parse(fields[field], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null; // It has ended.
        }
    }
}
