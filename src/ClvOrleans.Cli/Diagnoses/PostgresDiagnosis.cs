using System.Globalization;
using ClvOrleans.Storage;
using ClvOrleans.Storage.Postgres.Inspections;
using static ClvOrleans.Cli.Diagnoses.Finding;

namespace ClvOrleans.Cli.Diagnoses;

/// <summary>A database: whether it answers and keeps what it is given, its migrations, its clock and the silos that it knows.</summary>
internal static class PostgresDiagnosis
{
    private const int LeastVersion = 15;
    private const int ConnectionsOfSilo = 30;
    private const int Active = 3;
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MostSilence = TimeSpan.FromSeconds(90);

    public static async Task<IReadOnlyList<Finding>> FindAsync(string connectionString, CancellationToken cancellation)
    {
        try
        {
            var found = await PostgresInspector.InspectAsync(connectionString, TimeProvider.System, cancellation);
            return [Server(found), .. Settings(found), Migrations(found), Clock(found), .. Silos(found)];
        }
        catch (StorageUnavailableException e)
        {
            return [Bad("database", e.Message, "Start it, or correct --postgres (CLV_POSTGRES).")];
        }
        catch (ArgumentException e)
        {
            return [Bad("database", $"The connection string cannot be read: {e.Message}", "Correct --postgres (CLV_POSTGRES).")];
        }
    }

    private static Finding Server(PostgresInspection found) =>
        found.IsStandby ? Bad("database", $"{found.Location} is a standby, which only reads.", "Name the primary in the connection string.")
        : found.Version < LeastVersion ? Bad("database", $"{found.Location} is PostgreSQL {found.Version}.", "Use version 15 or later.")
        : Good("database", $"{found.Location} is PostgreSQL {found.Version} and answers.");

    private static IEnumerable<Finding> Settings(PostgresInspection found)
    {
        foreach (var name in new[] { "fsync", "full_page_writes", "synchronous_commit" })
        {
            if (found.Settings.GetValueOrDefault(name) is "off")
            {
                yield return Bad("durability", $"{name} is off: a power cut loses acknowledged events.", $"Set {name} to on.");
            }
        }

        var most = int.Parse(found.Settings["max_connections"], CultureInfo.InvariantCulture);
        var silos = Math.Max(1, found.Silos.Count(s => s.Status == Active));
        if (most < silos * ConnectionsOfSilo)
        {
            yield return Doubtful(
                "connections", $"max_connections is {most}; {silos} silos may need {silos * ConnectionsOfSilo}.", "Raise max_connections.");
        }
    }

    private static Finding Migrations(PostgresInspection found) =>
        found.IsHalfCopied ? Bad("migrations", "A copy into this database has not ended.", "Run the same clv restore or clv move again.")
        : found.Unknown.Length > 0 ? Bad(
            "migrations", $"A newer version of clv has written to it (it has {found.Unknown.Max()}).", "Start that version.")
        : found.Missing.Length > 0 ? Doubtful(
            "migrations", $"{found.Missing.Length} are not applied, up to {found.Missing.Max()}.",
            "The next start of this version applies them.")
        : Good("migrations", "All are applied.");

    private static Finding Clock(PostgresInspection found)
    {
        var skew = found.Ahead.Duration();
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"The database's clock is {skew.TotalSeconds:0.000} s {(found.Ahead > TimeSpan.Zero ? "ahead of" : "behind")} this machine's "
                + $"(within {found.Error.TotalSeconds:0.000} s).");
        return skew - found.Error > MostSkew
            ? Doubtful("clocks", text, "Synchronize both with NTP: days of orders and ages of silos are by them.")
            : Good("clocks", text);
    }

    private static IEnumerable<Finding> Silos(PostgresInspection found)
    {
        var active = found.Silos.Where(s => s.Status == Active).ToLookup(s => s.Silent <= MostSilence);
        foreach (var silo in active[false])
        {
            yield return Doubtful(
                "silos", string.Create(
                    CultureInfo.InvariantCulture, $"{silo.Address} is active, but has been silent for {silo.Silent.TotalSeconds:0} s."),
                "If its process has ended, nothing: the others, or the next start, declare it dead. If it runs, look at its log.");
        }

        yield return active.Count == 0
            ? Doubtful("silos", "None serves this database.", "Start one: clv serve --postgres.")
            : Good("silos", $"{active[true].Count()} serve this database: {string.Join(", ", active[true].Select(s => s.Address))}.");
    }
}
