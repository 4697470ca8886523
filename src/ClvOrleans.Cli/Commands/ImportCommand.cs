using System.CommandLine;
using System.Text.Json;
using ClvOrleans.Intake.Files;
using ClvOrleans.Server.Imports;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv import</c></summary>
internal static class ImportCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "The file, plain or gzip, in UTF-8 unless its byte order mark says otherwise.",
        };
        var format = new Option<string?>("--format")
        {
            Description = $"{HistoryReaders.Names}. [default: detected from the first line]",
            HelpName = "NAME",
        };
        var map = new Option<string?>("--map")
        {
            Description = "Column names in the file: total=Amount,customer_id=Client",
            HelpName = "COLUMN=NAME,...",
        };
        var currency = new Option<string?>("--currency")
        {
            Description = "Currency (ISO 4217) of amounts without one, and of a new store. [default: the store's, USD for a new one]",
            HelpName = "CODE",
        };
        var rejects = new Option<string?>("--rejects")
        {
            Description = "CSV file to write all refused lines to: line, code, message.",
            HelpName = "OUT",
        };
        var command = new Command(
            "import",
            "Import order history or events, also while the service runs. Running it again changes nothing; an interrupted import is "
                + "continued by running it again. "
                + "Refused lines are counted by reason; all others are imported. Exit status 1 where every line was refused.")
        {
            file, format, map, Shared.Dates, currency, rejects,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                var request = ImportRequest.Of(
                    parsed.GetValue(format), parsed.GetValue(map), parsed.GetValue(currency), parsed.GetValue(Shared.Dates));
                OutputFile.Check(rejects, parsed.GetValue(rejects));
                var result = await RunAsync(parsed, parsed.GetValue(file)!, request, parsed.GetValue(rejects), cancellation);
                Print(result, parsed.GetValue(Shared.Json));
                return IsAllRefused(result)
                    ? throw new CommandException($"{parsed.GetValue(file)}: nothing was imported, every line was refused.")
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
                throw new CommandException($"{parsed.GetValue(file)}: {e.Message}");
            }
        });
        return command;
    }

    private static async Task<ImportResult> RunAsync(
        ParseResult parsed, string path, ImportRequest request, string? rejects, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new CommandException(Directory.Exists(path) ? $"{path} is a folder." : $"There is no file {path}.");
        }

        var quiet = parsed.GetValue(Shared.Json);
        using var file = HistoryFile.Open(path);
        var known = request.For(file.Lines);
        if (request.Reader is null && !quiet)
        {
            await Console.Error.WriteLineAsync($"Read as {known.Reader!.Format}, by its first line.");
        }

        using var refused = rejects is null ? null : new RejectsFile(rejects);
        await using var service = await Service.ReachAsync(parsed, request.Currency?.Code, cancellation);
        if (service.Own is null)
        {
            await Console.Error.WriteLineAsync($"Sending it to the service at {service.Http.BaseAddress}");
            var upload = new ImportUpload(service.Http, path, known, refused is null ? null : refused.Add);
            return await ImportBar.ShowAsync(upload.RunAsync(cancellation), () => upload.Progress, quiet);
        }

        var run = new ImportRun(file, known, service.Own.Services, refused is null ? null : refused.Add);
        using var listed = service.Own.Services.GetRequiredService<RunningImports>().Add(Path.GetFileName(path), run);
        return await ImportBar.ShowAsync(run.RunAsync(cancellation), () => run.Progress, quiet);
    }

    private static bool IsAllRefused(ImportResult result) =>
        result.LineCounts is { Recorded: 0, Known: 0, Refused: > 0 };

    private static void Print(ImportResult result, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, Json));
            return;
        }

        var lines = result.LineCounts;
        Console.WriteLine($"{result.Lines} lines ({result.Format}): {result.Events} events recorded, {result.Duplicates} known already, "
            + $"{lines.Refused} lines refused");
        Console.WriteLine(
            $"  lines: {lines.Recorded} recorded + {lines.Known} known + {lines.Refused} refused + {lines.Passed} header or blank");
        foreach (var (code, count) in result.Refused)
        {
            Console.WriteLine($"  {code}: {count}");
            foreach (var refusal in result.FirstRefusals.Where(r => r.Code == code))
            {
                Console.WriteLine($"    line {refusal.Line}: {refusal.Message}");
            }
        }

        if (result.Broken is not null)
        {
            Console.Error.WriteLine(result.Broken);
        }
    }
}
