using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage;
using ClvOrleans.Storage.Sql.Copies;
using ClvOrleans.Storage.Sqlite.Checks;
using ClvOrleans.Storage.Sqlite.Copies;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv check</c>: whether a store has errors.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var command = new Command(
            "check",
            "Verify the files of a store: pages, events, customer rows, orders, identities, models. It only reads; the store may be served "
                + "meanwhile. Of PostgreSQL, a copy in the folder for temporary files is checked. Exit status 0 where nothing is wrong, "
                + "else 1.")
        {
            Shared.Postgres,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => RunAsync(
                parsed.GetValue(Shared.Data)!, parsed.GetValue(Shared.Postgres), parsed.GetValue(Shared.Json), cancellation),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string? postgres, bool json, CancellationToken cancellation)
    {
        if (postgres is null)
        {
            return Run(folder, folder, json, cancellation);
        }

        var copy = Directory.CreateTempSubdirectory("clv-check-").FullName;
        try
        {
            await using (var source = await Copying.OpenAsync(folder, postgres, cancellation))
            await using (var target = await SqliteCopyTarget.CreateAsync(copy))
            {
                await StoreCopy.RunAsync(source, target, null, cancellation);
            }

            return Run(folder, copy, json, cancellation);
        }
        catch (StorageUnavailableException e)
        {
            throw new CommandException(e.Message);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static int Run(string folder, string journal, bool json, CancellationToken cancellation)
    {
        if (!File.Exists(Path.Combine(folder, StoreFile.Name)))
        {
            throw new CommandException(
                $"There is no {StoreFile.Name} in {folder}, so there is no store to check; name its folder with --data.");
        }

        var first = StoreFile.ReadOrNew(folder, null, null).ToSettings();
        var results = new List<CheckResult>();
        try
        {
            var stores = StoreCheck.FindDefinitions(journal).Select(d => StoreFileReader.Read(d).ToSettings()).DefaultIfEmpty(first);
            foreach (var result in StoreCheck.Run(journal, [.. stores], cancellation))
            {
                results.Add(result);
                if (!json)
                {
                    Print(result);
                }
            }
        }
        catch (StorageUnavailableException e)
        {
            throw new CommandException(e.Message);
        }

        var isGood = results.TrueForAll(r => r.IsGood);
        Console.WriteLine(json
            ? JsonSerializer.Serialize(new { ok = isGood, checks = results }, JsonSerializerOptions.Web)
            : isGood ? "The store has no errors." : "The store has errors.");
        return isGood ? 0 : 1;
    }

    private static void Print(CheckResult result)
    {
        Console.WriteLine($"{(result.IsGood ? "ok   " : "WRONG")}  {result.Name}");
        foreach (var finding in result.Found)
        {
            Console.WriteLine($"       {Terminal.Plain(finding)}");
        }

        if (result.More > 0)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"       and {result.More} more"));
        }
    }
}
