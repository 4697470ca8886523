using System.CommandLine;
using System.Text.Json;
using ClvOrleans.Intake.Files;
using ClvOrleans.Server.Imports;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv import</c></summary>
internal static class ImportCommand
{
    private static readonly Argument<string> Source = new("FILE")
    {
        Description = "The file: text, plain or gzip; an Excel workbook (.xlsx); or Parquet.",
    };

    private static readonly Option<string?> Currency = new("--currency")
    {
        Description = "Currency (ISO 4217) of amounts that name none, and of a new store. [default: the store's, USD for a new one]",
        HelpName = "CODE",
    };

    private static readonly Option<bool> IsDry = new("--dry-run")
    {
        Description = "Show what is understood of the file and what would be refused; record nothing.",
    };

    private static readonly Option<string?> Rejects = new("--rejects")
    {
        Description = "CSV file to write all refused lines to: line, code, message.",
        HelpName = "OUT",
    };

    public static Command Create()
    {
        var command = new Command(
            "import",
            "Import order history or events, also while the service runs. Running it again changes nothing; an interrupted import is "
                + "continued by running it again; a later export of the same orders updates them. Refused lines are counted by reason; all "
                + "others are imported. Exit status 1 where every line was refused.")
        {
            Source, IsDry, Currency, Rejects,
        }.WithFileOptions();
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(Source)!;
            try
            {
                var request = HistoryFileOptions.Read(parsed, parsed.GetValue(Currency));
                OutputFile.Check(Rejects, parsed.GetValue(Rejects));
                var result = await RunAsync(parsed, path, request, cancellation);
                Print(result, parsed.GetValue(Shared.Json));
                return IsAllRefused(result)
                    ? throw new CommandException(
                        $"{path}: nothing {(result.DryRun ? "would be" : "was")} imported, every line was refused.")
                    : 0;
            }
            catch (ImportRequestException e)
            {
                throw new UsageException($"--{e.Message}");
            }
            catch (OperationCanceledException)
            {
                throw new CommandException("Interrupted. What was imported stays; run it again to go on.");
            }
            catch (HistoryFormatException e)
            {
                throw new CommandException($"{path}: {e.Message}");
            }
        });
        return command;
    }

    private static async Task<ImportResult> RunAsync(ParseResult parsed, string path, ImportRequest request, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new CommandException(Directory.Exists(path) ? $"{path} is a folder." : $"There is no file {path}.");
        }

        var (quiet, isDry) = (parsed.GetValue(Shared.Json), parsed.GetValue(IsDry));
        using var file = HistoryFile.Open(path, request.Encoding);
        var known = request.For(file.Lines);
        if (request.Reader is null && !quiet)
        {
            await Console.Error.WriteLineAsync($"Read as {known.Reader!.Format}, by its first line.");
        }

        using var rejects = parsed.GetValue(Rejects) is { } output ? new RejectsFile(output) : null;
        Action<ImportRefusal>? onRefused = rejects is null ? null : rejects.Add;
        if (isDry)
        {
            await using var running = await Service.FindAsync(parsed, cancellation);
            return running is null
                ? await LookAsync(parsed, file, known, onRefused, cancellation)
                : await SendAsync(running, path, known, isDry, onRefused, quiet, cancellation);
        }

        await using var service = await Service.ReachAsync(parsed, request.Currency?.Code, cancellation);
        if (service.Own is null)
        {
            return await SendAsync(service, path, known, isDry, onRefused, quiet, cancellation);
        }

        var store = StoreOf(parsed, service.Own).Settings;
        var services = service.Own.Services.GetRequiredService<StoreScopes>();
        var run = new ImportRun(file, known, store, services.Get<ImportRoute>(store.Id), onRefused);
        using var listed = services.Get<RunningImports>(store.Id).Add(Path.GetFileName(path), () => run.Progress);
        return await ImportBar.ShowAsync(run.RunAsync(cancellation), () => run.Progress, quiet);
    }

    private static async Task<ImportResult> SendAsync(
        Service service,
        string path,
        ImportRequest request,
        bool isDry,
        Action<ImportRefusal>? onRefused,
        bool quiet,
        CancellationToken cancellation)
    {
        await Console.Error.WriteLineAsync($"Sending it to the service at {service.Http.BaseAddress}");
        var upload = new ImportUpload(service.Http, path, request, isDry, onRefused);
        return await ImportBar.ShowAsync(upload.RunAsync(cancellation), () => upload.Progress, quiet);
    }

    private static KeptStore StoreOf(ParseResult parsed, WebApplication own)
    {
        try
        {
            return StoreOfRequest.Find(parsed.GetValue(Shared.Store), own.Services.GetRequiredService<StoreDirectory>());
        }
        catch (StoreException e)
        {
            throw new CommandException(e.Message);
        }
    }

    // Nothing is made, not even the folder: the settings are those of the store, or of the one that an import would make.
    private static Task<ImportResult> LookAsync(
        ParseResult parsed, HistoryFile file, ImportRequest request, Action<ImportRefusal>? onRefused, CancellationToken cancellation)
    {
        var folder = parsed.GetValue(Shared.Data)!;
        var isNew = !File.Exists(StoreFile.PathIn(folder));
        var store = StoreFile.ReadOrNew(folder, isNew ? request.Currency?.Code : null, null).ToSettings();
        var look = new DryRun(file, request, store, TimeProvider.System, onRefused);
        return ImportBar.ShowAsync(look.RunAsync(cancellation), () => look.Progress, parsed.GetValue(Shared.Json));
    }

    private static bool IsAllRefused(ImportResult result) =>
        result.LineCounts is { Recorded: 0, Known: 0, Refused: > 0 };

    private static void Print(ImportResult result, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, ImportMessage.Json));
        }
        else
        {
            ImportText.Print(result);
        }
    }
}
