using System.CommandLine;
using ClvOrleans.Server.Hosting;
using ClvOrleans.Storage.Postgres.Copies;
using ClvOrleans.Storage.Sqlite.Copies;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv move</c>: an embedded store into PostgreSQL.</summary>
internal static class MoveCommand
{
    public static Command Create()
    {
        var command = new Command(
            "move",
            "Move the embedded store of --data into an empty PostgreSQL database. The store must not be served meanwhile. What was "
                + "written is read again and compared by counts, sums and digests. One that broke off goes on when it is run again.")
        {
            Shared.Postgres,
        };
        command.SetAction((parsed, cancellation) => Copying.ToldAsync(async () =>
        {
            var (folder, json) = (parsed.GetValue(Shared.Data)!, parsed.GetValue(Shared.Json));
            var postgres = parsed.GetValue(Shared.Postgres)
                ?? throw new UsageException("--postgres: to where is missing; give a connection string.");
            if (!Directory.Exists(folder))
            {
                throw new CommandException($"There is no folder {folder}; name the one of the store with --data.");
            }

            using var taken = FolderLock.Take(folder);
            await using var source = SqliteCopySource.Open(folder);
            await using var target = await PostgresCopyTarget.OpenAsync(postgres, cancellation);
            var tables = await Copying.RunAsync(source, target, json, cancellation);
            if (!json)
            {
                Console.WriteLine($"Moved: {Copying.Summary(tables)}");
                Console.WriteLine(
                    $"Serve it with --postgres and the store.json of {folder}. Keep {source.Name} as a backup, and do not serve it "
                        + "again: events that it takes would not be in PostgreSQL.");
            }
        }));
        return command;
    }
}
