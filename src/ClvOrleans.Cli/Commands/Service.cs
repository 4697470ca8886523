using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ClvOrleans.Server.Hosting;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Cli.Commands;

/// <summary>
/// The service that a command talks to: the one at <c>--urls</c> where that is given and answers, the one that has the folder, else one
/// of its own on a free port for the time of the command.
/// </summary>
internal sealed class Service : IAsyncDisposable
{
    private Service(Uri address, string? key, WebApplication? own, ParseResult parsed)
    {
        Http = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        Http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        if (parsed.GetValue(Shared.Store) is { } store)
        {
            Http.DefaultRequestHeaders.TryAddWithoutValidation(StoreOfRequest.Header, store);
        }

        Own = own;
    }

    public HttpClient Http { get; }

    /// <summary>The service where it is this process; null where it is another.</summary>
    public WebApplication? Own { get; }

    /// <param name="parsed">The command line.</param>
    /// <param name="currency">Currency of the store where there is none yet.</param>
    /// <param name="cancellation">Ends the start.</param>
    public static async Task<Service> ReachAsync(ParseResult parsed, string? currency, CancellationToken cancellation)
    {
        if (await FindAsync(parsed, cancellation) is { } running)
        {
            return running;
        }

        var folder = parsed.GetValue(Shared.Data)!;
        var isNew = !File.Exists(StoreFile.PathIn(folder));
        const string AnyPort = "http://127.0.0.1:0";
        var app = ClvHost.Build(new ProcessOptions(folder, AnyPort, isNew ? currency : null));
        try
        {
            await ClvHost.StartAsync(app, AnyPort, cancellation);
            return new Service(new Uri(app.Urls.First()), ServiceKey.OfOwn(folder), app, parsed);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>The service that runs already; null where the command would have to be one itself.</summary>
    public static async Task<Service?> FindAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await Task.Yield(); // Signals are heard from the first wait on.
        var folder = parsed.GetValue(Shared.Data)!;
        var asked = AddressOf(parsed.GetValue(Shared.Urls)!);
        var isAsked = parsed.GetResult(Shared.Urls) is { Implicit: false };
        if (isAsked && await AnswersAsync(asked, cancellation))
        {
            return new Service(asked, ServiceKey.Find(folder, asked), null, parsed);
        }

        if (FolderLock.FindAddress(folder) is { } holder && await AnswersAsync(holder, cancellation))
        {
            return new Service(holder, ServiceKey.Find(folder, holder), null, parsed);
        }

        // Where there is no store at all, the usual address may be that of one in a container.
        return !File.Exists(StoreFile.PathIn(folder)) && !isAsked && await AnswersAsync(asked, cancellation)
            ? new Service(asked, ServiceKey.Find(folder, asked), null, parsed)
            : null;
    }

    /// <summary>Asks the service, and prints its answer as it is for machines, else by <paramref name="print"/>.</summary>
    public static async Task<int> ShowAsync(
        ParseResult parsed, Func<HttpClient, Task<HttpResponseMessage>> ask, Action<JsonElement> print, CancellationToken cancellation)
    {
        await using var service = await ReachAsync(parsed, null, cancellation);
        using var reply = await ask(service.Http);
        var body = await ReadAsync(reply, cancellation);
        if (parsed.GetValue(Shared.Json))
        {
            Console.WriteLine(body);
        }
        else
        {
            using var document = JsonDocument.Parse(body);
            print(document.RootElement);
        }

        return 0;
    }

    /// <summary>
    /// The JSON of a successful answer. <exception cref="CommandException">The answer was an error; the message is its detail.</exception>
    /// </summary>
    public static async Task<string> ReadAsync(HttpResponseMessage reply, CancellationToken cancellation)
    {
        var body = await reply.Content.ReadAsStringAsync(cancellation);
        return reply.IsSuccessStatusCode ? body
            : reply.StatusCode == HttpStatusCode.Unauthorized
            ? throw new CommandException(
                "The service does not know you: name its data folder with --data, where the owner's key is, or set CLV_KEY to a key.")
            : throw new CommandException(FindProblem(body) ?? $"The service answered {(int)reply.StatusCode}.");
    }

    /// <summary>The first address of a list. <exception cref="UsageException">It is none.</exception></summary>
    public static Uri AddressOf(string urls) =>
        Uri.TryCreate(urls.Split(';')[0].Replace("*", "127.0.0.1", StringComparison.Ordinal), UriKind.Absolute, out var address)
            && address.Host.Length > 0
        ? address
        : throw new UsageException($"--urls: '{urls}' is not an address such as http://127.0.0.1:5080.");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (Own is not null)
        {
            await Own.StopAsync(CancellationToken.None);
            await Own.DisposeAsync();
        }
    }

    /// <summary>What an error answer says; null where it says nothing.</summary>
    public static string? FindProblem(string body)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            return problem.RootElement.ValueKind == JsonValueKind.Object && problem.RootElement.TryGetProperty("detail", out var detail)
                ? detail.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<bool> AnswersAsync(Uri address, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(10) };
        try
        {
            using var reply = await http.GetAsync("health/live", cancellation);
            return reply.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }
}
