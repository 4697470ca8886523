using System.CommandLine;
using ClvOrleans.Server.Hosting;
using ClvOrleans.Storage.Sql.Copies;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv restore</c>: a store from a backup.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var from = new Option<string>("--from") { Description = "The folder of the backup.", HelpName = "DIR", Required = true };
        var command = new Command(
            "restore",
            "Make a store from a backup, in a folder without one (--data) or in an empty database (--postgres); the backup may be of "
                + "either. What was written is read again and compared with the backup. Into PostgreSQL, one that broke off goes on when "
                + "it is run again.")
        {
            from,
            Shared.Postgres,
        };
        command.SetAction((parsed, cancellation) => Copying.ToldAsync(async () =>
        {
            var (backup, folder) = (parsed.GetValue(from)!, parsed.GetValue(Shared.Data)!);
            var (postgres, json) = (parsed.GetValue(Shared.Postgres), parsed.GetValue(Shared.Json));
            await using var source = new BackupReader(backup);
            using var taken = FolderLock.Take(folder);
            await using var target = await Copying.CreateAsync(folder, postgres, cancellation);
            var tables = await Copying.RunAsync(source, target, json, cancellation);
            Copying.CopySettings(backup, folder);
            if (!json)
            {
                Console.WriteLine(
                    $"Restored to {(postgres is null ? folder : "PostgreSQL")}, as "
                        + $"of {source.Manifest.TakenAt:u}: {Copying.Summary(tables)}");
            }
        }));
        return command;
    }
}
