using System.CommandLine;
using System.Globalization;
using System.Net;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Server.Access;
using ClvOrleans.Server.Hosting;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv serve</c></summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var relaxed = new Option<bool>("--relaxed")
        {
            Description = "Do not wait for the disk on each commit. A crash of the process loses nothing; a power failure may lose the "
                + "last moments.",
        };
        var siloAddress = new Option<string?>("--silo-address")
        {
            Description = "IP address of this machine by which other silos over the same PostgreSQL reach it. Default 127.0.0.1 "
                + "(or CLV_SILO_ADDRESS).",
            HelpName = "ADDRESS",
            DefaultValueFactory = _ => Shared.Variable("CLV_SILO_ADDRESS"),
        };
        var command = new Command(
            "serve", "Serve a store until SIGINT or SIGTERM: the tracking API, the queries, and a page to try them at /docs.")
        {
            Shared.Currency,
            Shared.WriteKey,
            relaxed,
            Shared.Postgres,
            siloAddress,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            new ProcessOptions(
                parsed.GetValue(Shared.Data)!, parsed.GetValue(Shared.Urls)!, parsed.GetValue(Shared.Currency),
                parsed.GetValue(Shared.WriteKey),
                parsed.GetValue(relaxed), Postgres: parsed.GetValue(Shared.Postgres), SiloAddress: AddressOf(parsed.GetValue(siloAddress))),
            cancellation));
        return command;
    }

    // Where the owner's key is configured, whoever configured it has it, and output is read by others.
    private static async Task FirstStepsAsync(WebApplication app, string folder)
    {
        try
        {
            if (await SignInLink.MakeAsync(app, folder) is { } link)
            {
                Console.WriteLine($"Sign in: {link} (once, within 15 minutes; clv keys link prints another)");
                Console.WriteLine(
                    $"Ask: curl -H @{OwnerKeyFile.PathIn(folder)} {FolderLock.FindAddress(folder)}api/v1/segments (clv keys makes other keys)");
            }
        }
        catch (Exception e) when (e is StorageUnavailableException or JournalFullException)
        {
            // A store that cannot be written for a moment is served all the same.
            Console.WriteLine("The store cannot be written now; clv keys link prints a link to sign in once it can.");
        }
    }

    private static IPAddress? AddressOf(string? text) => text is null ? null
        : IPAddress.TryParse(text, out var address) ? address
        : throw new UsageException($"--silo-address: '{text}' is not an IP address.");

    private static async Task<int> RunAsync(ProcessOptions options, CancellationToken cancellation)
    {
        await Task.Yield(); // Signals are heard from the first wait on.
        Shared.CheckUrls(options.Urls);
        if (options.Currency is { } code && !Currency.TryFind(code, out _))
        {
            throw new UsageException($"--currency: '{code}' is not an ISO 4217 currency in circulation.");
        }

        await using var app = ClvHost.Build(options);
        try
        {
            await ClvHost.StartAsync(app, options.Urls, cancellation);
        }
        catch (OperationCanceledException)
        {
            return 0; // Asked to stop before it served.
        }

        var store = app.Services.GetRequiredService<StoreDirectory>().First.Settings;
        Console.WriteLine($"Serving {options.DataFolder} at {string.Join(", ", app.Urls)} (API: {app.Urls.First()}/docs)");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Store {store.Id}: {store.Currency.Code}, days of {store.TimeZone.Id}, margin {store.MarginBasisPoints / 100.0} %, discount "
                + $"{store.AnnualDiscountRate * 100} % a year, horizon {store.Horizon.Days} days ({StoreFile.Name})"));
        Console.WriteLine(options.Relaxed
            ? "Commits do not wait for the disk (--relaxed): a power cut may lose the last moments."
            : "Every commit waits for the disk.");
        await FirstStepsAsync(app, options.DataFolder);
        var status = await ClvHost.WaitAsync(app, cancellation);
        return status == 0 ? status : throw new CommandException("The service stopped by itself; its log says why.");
    }
}
