using System.CommandLine;
using ClvOrleans.Storage.Sql.Copies;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv backup</c>: a copy of a store as of one moment.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var to = new Option<string>("--to")
        {
            Description =
                "The folder to make, which must not be there yet. It holds personal data and, in store.json, the store's secrets.",
            HelpName = "DIR",
            Required = true,
        };
        var command = new Command(
            "backup",
            "Copy a store, of files or in PostgreSQL, as of one moment, while it is served. What was written is read again and compared by "
                + "counts, sums and digests before the folder gets its name.")
        {
            to,
            Shared.Postgres,
        };
        command.SetAction((parsed, cancellation) => Copying.ToldAsync(async () =>
        {
            var (folder, json) = (parsed.GetValue(to)!, parsed.GetValue(Shared.Json));
            await using var source = await Copying.OpenAsync(parsed.GetValue(Shared.Data)!, parsed.GetValue(Shared.Postgres), cancellation);
            await using var target = BackupWriter.Create(folder, source, TimeProvider.System);
            var tables = await Copying.RunAsync(source, target, json, cancellation);
            Copying.CopySettings(parsed.GetValue(Shared.Data)!, folder);
            if (!json)
            {
                Console.WriteLine($"Backed up to {folder}: {Copying.Summary(tables)}");
            }
        }));
        return command;
    }
}
