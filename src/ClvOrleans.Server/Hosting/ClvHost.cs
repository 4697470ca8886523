using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;
using ClvOrleans.Grains;
using ClvOrleans.Grains.Estimates;
using ClvOrleans.Grains.Segments;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Model.Journal;
using ClvOrleans.Server.Api;
using ClvOrleans.Server.Imports;
using ClvOrleans.Server.Intake;
using ClvOrleans.Server.Pages;
using ClvOrleans.Server.Repairs;
using ClvOrleans.Server.Trainings;
using ClvOrleans.Storage.Sqlite;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace ClvOrleans.Server.Hosting;

/// <summary>Composition: one process that is silo, journal and HTTP service over one data folder.</summary>
internal static class ClvHost
{
    /// <summary>Builds the application. <exception cref="InvalidOperationException">The settings are wrong, or another process has the folder.</exception></summary>
    public static WebApplication Build(ProcessOptions options)
    {
        var folder = FolderLock.Take(options.DataFolder);
        var file = StoreFile.ReadOrNew(options.DataFolder, options.Currency, options.WriteKey);
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
            .AddFilter("Orleans", LogLevel.Error)
            .AddFilter("Orleans.Runtime.MembershipService", LogLevel.Critical) // A cluster of one; it complains when the start is given up.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical);
        builder.Services.AddSingleton(_ => folder);
        AddStorage(builder, options);
        AddDomain(builder, file);
        builder.Services.AddSingleton(options).AddSingleton(file).AddHostedService<SettingsStamp>();
        builder.Services.AddOpenApi(options => ApiDocument.Describe(options)); // As a lambda: comments are read for no other form.
        builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        var app = builder.Build();
        app.Services.GetRequiredService<FolderLock>();
        app.Services.GetRequiredService<SqliteStore>(); // Closed with the services.
        app.Lifetime.ApplicationStarted.Register(() => folder.Announce(app.Urls.First()));
        app.UseMiddleware<TrackingCors>();
        app.UseExceptionHandler(ApiErrors.Handler);
        app.UseMiddleware<ReadinessGate>();
        app.UseStatusCodePages(ApiErrors.DescribeAsync);
        app.UseMiddleware<TrackingPaths>();
        app.UseRouting();
        app.MapTracking();
        app.MapApi();
        app.MapHealth();
        app.MapImports();
        app.MapDeadLetters();
        app.MapOpenApi();
        app.MapPages();
        return app;
    }

    private static void AddStorage(WebApplicationBuilder builder, ProcessOptions options)
    {
        var services = builder.Services;
        var store = OpenStore(options);
        services.AddSingleton(_ => store);
        services.AddSingleton(store.Journal);
        services.AddSingleton(store.Writer);
        services.AddSingleton(store.Health);
        services.AddHostedService<StorageWatch>();
        services.AddOptions<DeadLetterOptions>().BindConfiguration("DeadLetters").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(s => s.GetRequiredService<IOptions<DeadLetterOptions>>().Value);
        services.AddSingleton<IJournal, SqliteJournal>();
        services.AddSingleton<IEventHistory, SqliteEventHistory>();
        services.AddSingleton<ICustomerHeads, SqliteHeads>();
        services.AddSingleton<IDeadLetters, SqliteDeadLetters>();
        services.AddSingleton<IModelRegistry, SqliteRegistry>();
        services.AddSingleton<IMarketEntries, SqliteMarketEntries>();
        services.AddSingleton<IPredictions, SqlitePredictions>();
        services.AddSingleton<IStoreStamps, SqliteStoreStamps>();
        services.AddSteadyTime(TimeProvider.System);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(FreePort(), FreePort())
            .Configure<GrainCollectionOptions>(o => o.EnableActivationSheddingOnMemoryPressure = true) // Millions of customers do not stay in memory.
            .AddAdoNetGrainStorageAsDefault(o =>
            {
                o.Invariant = "System.Data.SQLite";
                o.DataSource = store.Snapshots;
                o.DeleteStateOnClear = true;
            }));
    }

    private static SqliteStore OpenStore(ProcessOptions options)
    {
        try
        {
            return SqliteStore.Open(options.DataFolder, fullySynchronous: !options.Relaxed);
        }
        catch (StorageUnavailableException e)
        {
            throw new InvalidOperationException(e.Message, e);
        }
    }

    private static void AddDomain(WebApplicationBuilder builder, StoreFile file)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new OneStore(file.ToSettings(), file.WriteKeys));
        services.AddSingleton<IStores>(s => s.GetRequiredService<OneStore>());
        services.AddHostedService<EstimateSweeper>();
        services.AddOptions<SweepOptions>().BindConfiguration("Sweep").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Readiness>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(s => s.GetRequiredService<Readiness>());
        services.AddSingleton<RefusedEventsLog>();
        services.AddSingleton<Tracking>();
        services.AddSingleton<RunningImports>();
        services.AddOptions<ChampionOptions>().BindConfiguration("Champions").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ShardOptions>().BindConfiguration("Shards").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<GatherOptions>().BindConfiguration("Gather").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IStoreHistories, HistoryGatherer>();
        services.AddSingleton<TrainingJob>();
        services.AddSingleton<DriftWatch>();
        services.AddSingleton<ExcessiveOrders>();
        services.AddHostedService<Retraining>();
        services.AddOptions<RetrainingOptions>().BindConfiguration("Retraining").ValidateDataAnnotations().ValidateOnStart();
        services.AddClvGrains();
    }

    // The default key is in the documentation: on an address that others can reach it would let anyone write.
    private static void RefuseDefaultKeyInPublic(StoreFile file, string urls)
    {
        if (file.WriteKeys.ContainsKey(StoreFile.DefaultWriteKey) && urls.Split(';').Any(u => !new Uri(u.Replace("*", "0.0.0.0", StringComparison.Ordinal)).IsLoopback))
        {
            throw new InvalidOperationException(
                "The store has the default write key, which everyone knows: before serving on a public address, give a new store one of your own"
                + " by --write-key or CLV_WRITE_KEY, or change the writeKeys of its store.json.");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
