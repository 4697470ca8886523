using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Server.Commands;

/// <summary><c>clv train</c></summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var until = new Option<string?>("--until") { Description = "Last day of the data to be seen. [default: the last purchase]", HelpName = "DAY" };
        var command = new Command("train", "Fit the models to the store's customers and put the likeliest in force.") { until };
        command.SetAction((parsed, cancellation) =>
        {
            var address = $"api/models/train{(parsed.GetValue(until) is { } day ? $"?until={Uri.EscapeDataString(day)}" : "")}";
            return Service.ShowAsync(
                parsed, http => TrainingWatch.TrainAsync(http, address, parsed.GetValue(Shared.Json), cancellation), Print, cancellation);
        });
        return command;
    }

    private static void Print(JsonElement trained)
    {
        var champion = trained.GetProperty("champion").GetString();
        var table = new Table().Border(TableBorder.Simple).AddColumns("Model", "Family", "Parameters", "Log-likelihood", "BIC", "Customers", "Data until");
        foreach (var model in trained.GetProperty("models").EnumerateArray())
        {
            var (id, customers) = (model.GetProperty("id").GetString()!, model.GetProperty("customers").GetInt32());
            var parameters = model.GetProperty("parameters").EnumerateObject().ToList();
            var likelihood = model.GetProperty("logLikelihood").GetDouble();
            var bic = (parameters.Count * Math.Log(Math.Max(1, customers))) - (2 * likelihood);
            table.AddRow(
                new Text(id == champion ? $"* {id}" : $"  {id}"),
                new Text(model.GetProperty("family").GetString()!),
                new Text(string.Join("  ", parameters.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name} {p.Value.GetDouble():0.####}")))),
                Right(likelihood.ToString("N2", CultureInfo.InvariantCulture)),
                Right(bic.ToString("N2", CultureInfo.InvariantCulture)),
                Right(customers.ToString("N0", CultureInfo.InvariantCulture)),
                new Text(model.GetProperty("dataUntil").GetString()!));
        }

        Terminal.Output.Write(table);
        Terminal.Output.WriteLine($"* in force: {champion}");
    }

    private static Text Right(string text) => new Text(text).RightJustified();
}
