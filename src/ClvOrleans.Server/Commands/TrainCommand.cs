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
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var service = await Service.ReachAsync(parsed, null, cancellation);
            var query = parsed.GetValue(until) is { } day ? $"?until={Uri.EscapeDataString(day)}" : "";
            var training = service.Http.PostAsync($"api/models/train{query}", null, cancellation);
            using var reply = parsed.GetValue(Shared.Json) ? await training : await WaitAsync(training);
            var body = await Service.ReadAsync(reply, cancellation);
            if (parsed.GetValue(Shared.Json))
            {
                Console.WriteLine(body);
                return 0;
            }

            using var document = JsonDocument.Parse(body);
            Print(document.RootElement);
            return 0;
        });
        return command;
    }

    private static async Task<HttpResponseMessage> WaitAsync(Task<HttpResponseMessage> training)
    {
        var stage = "Fitting the models to all customers";
        return await Terminal.Error.Status().StartAsync(stage, async context =>
        {
            var seconds = 0;
            while (await Task.WhenAny(training, Task.Delay(TimeSpan.FromSeconds(1))) != training)
            {
                context.Status(string.Create(CultureInfo.InvariantCulture, $"{stage}: {++seconds} s"));
            }

            return await training;
        });
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
