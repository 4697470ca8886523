using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Estimates;
using ClvOrleans.Grains.Market;
using ClvOrleans.Model.Journal;
using ClvOrleans.Server.Api;
using ClvOrleans.Server.Intake;
using ClvOrleans.Storage.Sqlite;
using Orleans.Serialization;
using Scalar.AspNetCore;

namespace ClvOrleans.Server.Hosting;

/// <summary>Composition: one process that is silo, journal and HTTP service over one data folder.</summary>
internal static class ClvHost
{
    /// <summary>Builds the application. <exception cref="InvalidOperationException">The settings are wrong, or another process has the folder.</exception></summary>
    public static WebApplication Build(ProcessOptions options)
    {
        var file = StoreFile.ReadOrCreate(options.DataFolder, options.Currency, options.WriteKey);
        RefuseDefaultKeyInPublic(file, options.Urls);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls(options.Urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = BodyReader.MostBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = 128 * 1024; // Browsers send every cookie of a shop's domain; a 431 would lose the event.
        });
        builder.Services.Configure<HostOptions>(host => host.ServicesStartConcurrently = true); // Listen before the silo is active: ReadinessGate answers.
        builder.Logging.ClearProviders().AddSimpleConsole(c => c.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Orleans", LogLevel.Error);
        AddStorage(builder, options);
        AddDomain(builder, file);
        builder.Services.AddOpenApi();
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));
        var app = builder.Build();
        app.UseMiddleware<TrackingCors>();
        app.UseExceptionHandler(ApiErrors.Handle);
        app.UseMiddleware<ReadinessGate>();
        app.UseStatusCodePages(ApiErrors.DescribeAsync);
        app.UseMiddleware<TrackingPaths>();
        app.UseRouting();
        app.MapTracking();
        app.MapQueries();
        app.MapOperations();
        app.MapDeadLetters();
        app.MapOpenApi();
        app.MapScalarApiReference("/docs");
        return app;
    }

    private static void AddStorage(WebApplicationBuilder builder, ProcessOptions options)
    {
        var services = builder.Services;
        var sqlite = new SqliteOptions { Path = Path.Combine(options.DataFolder, "clv.db"), FullySynchronous = !options.Relaxed };
        var database = new SqliteDatabase(sqlite);
        services.AddSingleton(new FolderLock(options.DataFolder));
        services.AddSingleton(database);
        services.AddSingleton(_ => new SqliteWriter(database, sqlite));
        services.AddSingleton<IJournal, SqliteJournal>();
        services.AddSingleton<ICustomerHeads, SqliteHeads>();
        services.AddSingleton<IDeadLetters, SqliteDeadLetters>();
        services.AddSingleton<IModelRegistry, SqliteRegistry>();
        services.AddSingleton<IMarketEntries, SqliteMarketEntries>();
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(FreePort(), FreePort())
            .AddAdoNetGrainStorageAsDefault(o =>
            {
                o.Invariant = "System.Data.SQLite";
                o.DataSource = database;
                o.DeleteStateOnClear = true;
            }));
    }

    private static void AddDomain(WebApplicationBuilder builder, StoreFile file)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new OneStore(file.ToSettings(), file.WriteKeys));
        services.AddSingleton<IStores>(s => s.GetRequiredService<OneStore>());
        services.AddSingleton<ChampionHost>();
        services.AddSingleton<IChampions>(s => s.GetRequiredService<ChampionHost>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(s => s.GetRequiredService<ChampionHost>());
        services.AddHostedService(s => s.GetRequiredService<ChampionHost>());
        services.AddSingleton<Readiness>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(s => s.GetRequiredService<Readiness>());
        services.AddSingleton<MarketCache>();
        services.AddSingleton<EventRouter>();
        services.AddSingleton<Tracking>();
        services.AddSerializer(s => s.AddJsonSerializer(t => t.Namespace?.StartsWith("ClvOrleans.Model", StringComparison.Ordinal) == true));
    }

    // The default key is in the documentation: on an address that others can reach it would let anyone write.
    private static void RefuseDefaultKeyInPublic(StoreFile file, string urls)
    {
        if (file.WriteKeys.ContainsKey(StoreFile.DefaultWriteKey) && urls.Split(';').Any(u => !new Uri(u.Replace("*", "0.0.0.0", StringComparison.Ordinal)).IsLoopback))
        {
            throw new InvalidOperationException("store.json still has the default write key: give it one of your own before serving on a public address.");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
