using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv train</c></summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var until = Shared.Day("--until", "Last day of the data to be seen. [default: the last purchase]");
        var command = new Command("train", "Train models on the store's own events and promote the best.") { until };
        command.SetAction(async (parsed, cancellation) =>
        {
            var address = $"api/v1/models/train{(parsed.GetValue(until) is { } day ? $"?until={day:yyyy-MM-dd}" : "")}";
            await using var service = await Service.ReachAsync(parsed, null, cancellation);
            var isJson = parsed.GetValue(Shared.Json);
            var trained = JobWatch.ResultOf(await JobWatch.RunAsync(service.Http, address, isJson, cancellation));
            if (isJson)
            {
                Console.WriteLine(trained.GetRawText());
            }
            else
            {
                Print(trained);
            }

            return 0;
        });
        return command;
    }

    private static void Print(JsonElement trained)
    {
        var champion = trained.GetProperty("champion").GetString();
        var table = new Table().Border(TableBorder.Simple).AddColumns(
            "Model", "Parameters or weights", "Log-likelihood", "BIC", "Gini", "Bias", "Customers", "Data until");
        foreach (var model in trained.GetProperty("models").EnumerateArray())
        {
            var (id, customers) = (model.GetProperty("id").GetString()!, model.GetProperty("customers").GetInt32());
            var parameters = model.GetProperty("parameters").EnumerateObject().ToList();
            table.AddRow(
                new Text(id == champion ? $"* {id}" : $"  {id}"),
                new Text(string.Join(
                    "  ", parameters.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name} {p.Value.GetDouble():0.####}")))),
                Right(Number(model, "logLikelihood"), "N2"),
                Right(Number(model, "bic"), "N2"),
                Right(Holdout(model, "gini"), "0.000"),
                Right(Holdout(model, "bias"), "+0.000;-0.000"),
                Right(customers, "N0"),
                new Text(model.GetProperty("dataUntil").GetString()!));
        }

        Terminal.Output.Write(table);
        Terminal.Output.WriteLine($"* promoted: {champion}");
    }

    private static double? Holdout(JsonElement model, string name) =>
        model.TryGetProperty("holdout", out var holdout) ? Number(holdout, name) : null;

    private static double? Number(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number
            ? number.GetDouble()
            : null;

    private static Text Right(double? number, string format) =>
        new Text(number?.ToString(format, CultureInfo.InvariantCulture) ?? "-").RightJustified();
}
