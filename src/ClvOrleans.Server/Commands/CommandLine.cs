using System.CommandLine;
using ClvOrleans.Server.Hosting;

namespace ClvOrleans.Server.Commands;

/// <summary>The commands of <c>clv</c>. Exit status: 0 success, 1 failure, 2 wrong usage.</summary>
internal static class CommandLine
{
    private static readonly Option<string> Data = new("--data") { Description = "Folder of the embedded store.", DefaultValueFactory = _ => "./clv-data", Recursive = true };
    private static readonly Option<string> Urls = new("--urls") { Description = "Address to listen on or to call.", DefaultValueFactory = _ => "http://127.0.0.1:5080", Recursive = true };
    private static readonly Option<bool> Json = new("--json") { Description = "Print machine-readable output.", Recursive = true };
    private static readonly Option<string?> Currency = new("--currency") { Description = "Currency of a new store (ISO 4217). Default USD." };
    private static readonly Option<string?> Key = new("--write-key") { Description = "Write key of a new store. Default wk_local." };

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("The live value of every customer.") { Data, Urls, Json };
        root.Add(Serve());
        root.Add(Import());
        root.Add(Train());
        root.Add(Customer());
        root.Add(Segments());
        root.Add(BacktestCommand.Create(Json));
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            return 2;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException or HttpRequestException or FormatException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static Command Serve()
    {
        var relaxed = new Option<bool>("--relaxed") { Description = "Do not wait for the disk at each commit: a power cut may lose the last moments." };
        var command = new Command("serve", "Serve a store.") { Currency, Key, relaxed };
        command.SetAction(async (parsed, cancellation) =>
        {
            var urls = parsed.GetValue(Urls)!;
            await using var app = ClvHost.Build(
                new ProcessOptions(parsed.GetValue(Data)!, urls, parsed.GetValue(Currency), parsed.GetValue(Key), parsed.GetValue(relaxed)));
            await app.StartAsync(cancellation);
            Console.WriteLine($"Serving {parsed.GetValue(Data)} at {string.Join(", ", app.Urls)} (API: {app.Urls.First()}/docs)");
            await app.WaitForShutdownAsync(cancellation);
            return 0;
        });
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<FileInfo>("file") { Description = "The file, plain or .gz." };
        var format = new Option<string>("--format") { Description = "cdnow, online-retail, orders, shopify or events.", Required = true };
        var map = new Option<string?>("--map") { Description = "Columns of the orders CSV: total=Amount,..." };
        var command = new Command("import", "Import history; the service must not be running on the folder.") { file, format, map, Currency, Key };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var app = await StartAsync(parsed, cancellation);
            try
            {
                return await ImportCommand.RunAsync(
                    app, parsed.GetValue(file)!, parsed.GetValue(format)!, parsed.GetValue(map), parsed.GetValue(Json), cancellation);
            }
            finally
            {
                await app.StopAsync(CancellationToken.None);
            }
        });
        return command;
    }

    private static Command Train()
    {
        var until = new Option<string?>("--until") { Description = "Last day of the data to be seen. Default the last purchase." };
        var command = new Command("train", "Fit the models and put the likeliest in force.") { until };
        command.SetAction((parsed, cancellation) => CallAsync(
            parsed, http => http.PostAsync($"api/models/train{(parsed.GetValue(until) is { } day ? $"?until={Uri.EscapeDataString(day)}" : "")}", null, cancellation), cancellation));
        return command;
    }

    private static Command Customer()
    {
        var id = new Argument<string>("id") { Description = "User id or anonymous id." };
        var horizon = new Option<string?>("--horizon") { Description = "90d, 12w, 6m, 1y." };
        var asOf = new Option<string?>("--as-of") { Description = "A past day: 2026-01-31." };
        var command = new Command("customer", "Show a customer's value.") { id, horizon, asOf };
        command.SetAction((parsed, cancellation) =>
        {
            var query = $"horizon={parsed.GetValue(horizon)}&asOf={parsed.GetValue(asOf)}".Split('&').Where(p => !p.EndsWith('='));
            return CallAsync(parsed, http => http.GetAsync($"api/customers/{Uri.EscapeDataString(parsed.GetValue(id)!)}/clv?{string.Join('&', query)}", cancellation), cancellation);
        });
        return command;
    }

    private static Command Segments()
    {
        var command = new Command("segments", "Show the segments.");
        command.SetAction((parsed, cancellation) => CallAsync(parsed, http => http.GetAsync("api/segments", cancellation), cancellation));
        return command;
    }

    // A running service is asked; otherwise one is started on a free port for the time of the command.
    private static async Task<int> CallAsync(ParseResult parsed, Func<HttpClient, Task<HttpResponseMessage>> call, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = new Uri(parsed.GetValue(Urls)!), Timeout = TimeSpan.FromMinutes(30) };
        try
        {
            return await Output.PrintAsync(await call(http), parsed.GetValue(Json), cancellation);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            await using var app = await StartAsync(parsed, cancellation);
            try
            {
                using var own = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = http.Timeout };
                return await Output.PrintAsync(await call(own), parsed.GetValue(Json), cancellation);
            }
            finally
            {
                await app.StopAsync(CancellationToken.None);
            }
        }
    }

    private static async Task<WebApplication> StartAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var currency = parsed.CommandResult.Command.Options.Contains(Currency) ? parsed.GetValue(Currency) : null;
        var app = ClvHost.Build(new ProcessOptions(parsed.GetValue(Data)!, "http://127.0.0.1:0", currency));
        await app.StartAsync(cancellation);
        return app;
    }
}
