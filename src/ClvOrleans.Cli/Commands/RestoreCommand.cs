using System.CommandLine;
using System.Globalization;
using ClvOrleans.Server.Hosting;
using ClvOrleans.Storage.Sql.Copies;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv restore</c>: a store from a backup.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var from = new Option<string>("--from") { Description = "The folder of the backup.", HelpName = "DIR", Required = true };
        var erasures = new Option<string?>("--erasures")
        {
            Description = "The erasures.json of the installation that the backup takes the place of; default the one in the folder of "
                + "--data. Whoever was erased after the backup is erased again before it can be served.",
            HelpName = "FILE",
        };
        var revokeKeys = new Option<bool>("--revoke-keys")
        {
            Description = "Revoke the keys that may read, act or administer, as sessions and links are ended always: some may have been "
                + "revoked after the backup was taken.",
        };
        var command = new Command(
            "restore",
            "Make a store from a backup, in a folder without one (--data) or in an empty database (--postgres); the backup may be of "
                + "either. What was written is read again and compared with the backup. Into PostgreSQL, one that broke off goes on when "
                + "it is run again.")
        {
            from,
            erasures,
            revokeKeys,
            Shared.Postgres,
        };
        command.SetAction((parsed, cancellation) => Copying.ToldAsync(async () =>
        {
            var (backup, folder) = (parsed.GetValue(from)!, parsed.GetValue(Shared.Data)!);
            var (postgres, json) = (parsed.GetValue(Shared.Postgres), parsed.GetValue(Shared.Json));
            await using var source = new BackupReader(backup);
            using var taken = FolderLock.Take(folder);
            var ledger = ErasedAgain.Read(parsed.GetValue(erasures), folder);
            IReadOnlyList<CopiedTable> tables;
            await using (var target = await Copying.CreateAsync(folder, postgres, cancellation))
            {
                tables = await Copying.RunAsync(source, target, json, cancellation);
            }

            Copying.CopySettings(backup, folder);
            var erased = await ErasedAgain.ApplyAsync(ledger, folder, postgres, cancellation);
            var (revoke, now) = (parsed.GetValue(revokeKeys), TimeProvider.System.GetUtcNow());
            var keys = await RestoredDatabase.UseAsync(
                folder, postgres, database => RestoredKeys.ApplyAsync(database, revoke, now, cancellation), cancellation);
            if (!json)
            {
                Console.WriteLine(
                    $"Restored to {(postgres is null ? folder : "PostgreSQL")}, as "
                        + $"of {source.Manifest.TakenAt:u}: {Copying.Summary(tables)}");
                await (ledger is null
                    ? Console.Error.WriteLineAsync(
                        $"No erasures.json was given or found in {folder}: people who were erased after the backup was taken are there "
                            + "again.")
                    : Console.Out.WriteLineAsync(string.Create(
                        CultureInfo.InvariantCulture, $"Erased again: {erased:N0} people who were erased after it was taken.")));
                Console.WriteLine(keys);
            }
        }));
        return command;
    }
}
