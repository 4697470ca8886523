using System.Globalization;
using System.Text.Json;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage;
using ClvOrleans.Storage.Postgres.Copies;
using ClvOrleans.Storage.Sql.Copies;
using ClvOrleans.Storage.Sqlite.Copies;

namespace ClvOrleans.Cli.Commands;

/// <summary>What the commands that copy a store have in common.</summary>
internal static class Copying
{
    /// <summary>The store of a folder or of a database, as of now.</summary>
    public static async Task<ICopySource> OpenAsync(string folder, string? postgres, CancellationToken cancellation) => postgres is null
        ? SqliteCopySource.Open(folder)
        : await PostgresCopySource.OpenAsync(postgres, cancellation);

    /// <summary>A place for a store in a folder or in a database.</summary>
    public static async Task<ICopyTarget> CreateAsync(string folder, string? postgres, CancellationToken cancellation) => postgres is null
        ? await SqliteCopyTarget.CreateAsync(folder)
        : await PostgresCopyTarget.OpenAsync(postgres, cancellation);

    /// <summary>Copies, and prints each table that has rows.</summary>
    public static async Task<IReadOnlyList<CopiedTable>> RunAsync(
        ICopySource source, ICopyTarget target, bool json, CancellationToken cancellation)
    {
        var tables = await StoreCopy.RunAsync(source, target, json ? null : new Printed(), cancellation);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { source = source.Id, tables }, JsonSerializerOptions.Web));
        }

        return tables;
    }

    /// <summary>Runs what copies; failures of storage are the command's.</summary>
    public static async Task<int> ToldAsync(Func<Task> copy)
    {
        try
        {
            await copy();
            return 0;
        }
        catch (StorageUnavailableException e)
        {
            throw new CommandException(e.Message);
        }
    }

    /// <summary>Copies the settings that a store is served with, which hold its secrets.</summary>
    public static void CopySettings(string from, string to)
    {
        var (source, target) = (StoreFile.PathIn(from), StoreFile.PathIn(to));
        if (File.Exists(source) && !File.Exists(target))
        {
            Directory.CreateDirectory(to);
            File.Copy(source, target);
        }
    }

    /// <summary>A sentence with the figures that people compare.</summary>
    public static string Summary(IReadOnlyList<CopiedTable> tables)
    {
        var (events, customers) = (tables.First(t => t.Name == "events"), tables.First(t => t.Name == "customers"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{events.Rows:N0} events of {customers.Sums["customers"]} customers with {customers.Sums["orders"]} orders, and all other "
                + $"tables: read again, and the same as was read.");
    }

    private sealed class Printed : IProgress<CopiedTable>
    {
        public void Report(CopiedTable value)
        {
            if (value.Rows > 0)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value.Rows,12:N0}  {value.Name}"));
            }
        }
    }
}
