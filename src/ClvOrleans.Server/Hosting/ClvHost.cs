using System.Collections.ObjectModel;
using System.Text.Json.Serialization;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Deliveries;
using ClvOrleans.Grains.Experiments;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Policies;
using ClvOrleans.Grains.Privacy;
using ClvOrleans.Grains.Reviews;
using ClvOrleans.Grains.Segments;
using ClvOrleans.Grains.Telemetry;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Grains.Watches;
using ClvOrleans.Server.Access;
using ClvOrleans.Server.Api;
using ClvOrleans.Server.Deliveries;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Imports;
using ClvOrleans.Server.Intake;
using ClvOrleans.Server.Pages;
using ClvOrleans.Server.Policies;
using ClvOrleans.Server.Recommendations;
using ClvOrleans.Server.Repairs;
using ClvOrleans.Server.Rules;
using ClvOrleans.Server.SignIn;
using ClvOrleans.Server.Sources;
using ClvOrleans.Server.Stores;
using ClvOrleans.Server.Trainings;
using ClvOrleans.Server.Webhooks;
using ClvOrleans.Storage.Access;
using ClvOrleans.Storage.Audit;
using ClvOrleans.Storage.DeadLetters;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace ClvOrleans.Server.Hosting;

/// <summary>Composition: one process that is silo, journal and HTTP service over one data folder.</summary>
internal static class ClvHost
{
    /// <summary>
    /// Builds the application. <exception cref="InvalidOperationException">Settings or addresses are wrong, or another process has the
    /// folder.</exception>
    /// </summary>
    public static WebApplication Build(ProcessOptions options)
    {
        var addresses = ListenAddresses.Parse(options.Urls);
        if (!Directory.Exists(options.DataFolder))
        {
            ListenAddresses.CheckFree(addresses);
        }

        var folder = FolderLock.Take(options.DataFolder);
        try
        {
            ListenAddresses.CheckFree(addresses);
            return Build(options, addresses, folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Starts the application, to the end also where it is asked to stop meanwhile, and stops it then.</summary>
    /// <exception cref="InvalidOperationException">An address cannot be served; the message is a sentence that names it.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public static async Task StartAsync(WebApplication app, string urls, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(CancellationToken.None);
        }
        catch (Exception e) when (ListenAddresses.Explain(e, urls) is { } sentence)
        {
            throw new InvalidOperationException(sentence, e);
        }

        if (cancellation.IsCancellationRequested)
        {
            await app.StopAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Tries addresses with semicolons between, before anything is made for them.</summary>
    /// <exception cref="InvalidOperationException">One cannot be opened; the message says why.</exception>
    public static void CheckFree(string urls) => ListenAddresses.CheckFree(ListenAddresses.Parse(urls));

    /// <summary>Waits for the application to end: exit status 0 where it was asked to, 1 where it ended by itself.</summary>
    public static async Task<int> WaitAsync(WebApplication app, CancellationToken cancellation)
    {
        var lifetime = app.Services.GetRequiredService<IHostApplicationLifetime>();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!lifetime.ApplicationStopping.IsCancellationRequested)
        {
            app.Services.GetRequiredService<Readiness>().Leave();
            var drain = app.Services.GetRequiredService<IOptions<HttpOptions>>().Value.Drain;
            await Task.Delay(drain, lifetime.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await app.WaitForShutdownAsync(cancellation);
        return cancellation.IsCancellationRequested ? 0 : 1;
    }

    private static WebApplication Build(ProcessOptions options, IReadOnlyList<Uri> addresses, FolderLock folder)
    {
        var file = StoreFile.ReadOrNew(options.DataFolder, options.Currency, options.WriteKey);
        RefuseDefaultKeyInPublic(file, addresses);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(
            (options.Settings ?? ReadOnlyDictionary<string, string?>.Empty).Select(
                o => KeyValuePair.Create(o.Key.Replace("__", ":", StringComparison.Ordinal), o.Value)));
        builder.Host.UseDefaultServiceProvider(o => o.ValidateScopes = true); // No service of all stores keeps one of a store.
        builder.WebHost.UseUrls(options.Urls);
        builder.WebHost.ConfigureKestrel(
            kestrel => (kestrel.AddServerHeader, kestrel.Limits.MaxRequestBodySize) = (false, BodyReader.MostBytes));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddSingleton<IConfigureOptions<KestrelServerOptions>, ConnectionLimits>();
        builder.Services.AddSingleton(s => new CertificateFile(
            s.GetRequiredService<IOptions<TlsOptions>>(), TimeProvider.System, s.GetRequiredService<ILogger<CertificateFile>>()));
        builder.Services.AddSingleton<IConfigureOptions<KestrelServerOptions>, TlsHandshakes>();
        builder.Services.AddSingleton<IHostLifetime, CommandLifetime>();
        builder.Services.Configure<HostOptions>(host =>
        {
            host.ServicesStartConcurrently = true; // Listen before the silo is active: ReadinessGate answers.
            host.ShutdownTimeout = TimeSpan.FromSeconds(30); // For requests under way.

            // None of ours throws. Where one does, half a service must not pass for a whole one: the process ends with 1, and is started
            // again.
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.StopHost;
        });
        builder.Logging.ClearProviders()
            .AddConsole(c => (c.FormatterName, c.LogToStandardErrorThreshold) = (LineFormatter.FormatterName, LogLevel.Trace))
            .AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>().SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning) // Also where others are asked for more: addresses hold secrets.
            .AddFilter("Orleans", LogLevel.Error)
            .AddFilter("Polly", LogLevel.Error) // By it Orleans places a grain again, as where a silo is ending.
            .AddFilter("Orleans.Runtime.MembershipService", LogLevel.Critical) // A cluster of one; it complains when the start is given up.
            .AddFilter(
                // One line for each connection beyond the limit would be the next flood.
                "Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error) // That keys are in the database as plain text is so meant.
            .AddFilter("Microsoft.AspNetCore.Diagnostics", LogLevel.None) // ApiErrors says it, once.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical);
        builder.Services.AddSingleton(_ => folder);
        Configured.Add(builder.Services);
        Configured.Check(builder.Services, builder.Configuration);
        Observability.Add(builder);
        AddStorage(builder, options);
        AddDomain(builder, options.Clock ?? TimeProvider.System);
        builder.Services.AddSingleton(options).AddSingleton(file).AddHostedService<SettingsStamp>();
        AddAccess(builder.Services);
        OpenIdConnect.Add(builder.Services, builder.Configuration.GetSection("Oidc").Get<OidcOptions>() ?? new OidcOptions());
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
        app.Services.GetRequiredService<OpenStorage>(); // Closed with the services.
        app.Services.GetRequiredService<SiloPorts>();
        app.Lifetime.ApplicationStarted.Register(() => folder.Announce(
            app.Urls.FirstOrDefault(u => u.StartsWith("http:", StringComparison.Ordinal)) ?? app.Urls.First()));
        app.UseForwardedHeaders(ProxiesOf(app.Services.GetRequiredService<IOptions<HttpOptions>>().Value));
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<TrackingCors>();
        app.UseExceptionHandler(ApiErrors.Handler);
        app.UseMiddleware<ReadinessGate>();
        app.UseStatusCodePages(ApiErrors.DescribeAsync);
        app.UseMiddleware<TrackingPaths>();
        app.UseRouting();
        app.UseMiddleware<AccessGate>();
        OpenIdConnect.Use(app);
        app.UseMiddleware<StoreOfRequest>();
        app.MapTracking();
        app.MapWebhooks();
        app.MapApi();
        app.MapHealth();
        app.MapImports();
        app.MapDeadLetters();
        app.MapOpenApi();
        app.MapPages();
        app.MapPreferences();
        app.MapSignIn();
        var hasDashboard = ClusterDashboard.IsOn(app.Configuration);
        if (hasDashboard)
        {
            app.MapDashboard();
        }

        app.Services.GetRequiredService<AccessRules>().Check(
            ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints), leftOut: hasDashboard ? null : ClusterDashboard.Address);
        return app;
    }

    private static void AddStorage(WebApplicationBuilder builder, ProcessOptions options)
    {
        var services = builder.Services;
        var telemetry = new ClvTelemetry();
        services.AddSingleton(_ => telemetry);
        services.AddHostedService<StorageWatch>();
        services.AddSingleton(s => s.GetRequiredService<IOptions<DeadLetterOptions>>().Value);
        services.AddSteadyTime(TimeProvider.System);
        var ports = SiloPorts.Take();
        services.AddSingleton(_ => ports);
        builder.UseOrleans(silo =>
        {
            if (Observability.SendsTraces(builder.Configuration))
            {
                silo.AddActivityPropagation();
            }

            if (ClusterDashboard.IsOn(builder.Configuration))
            {
                ClusterDashboard.Add(silo);
            }

            if (Observability.SiloName is { } name)
            {
                silo.Configure<SiloOptions>(o => o.SiloName = name);
            }

            // Millions of customers do not stay in memory.
            silo.Services.AddOptions<GrainCollectionOptions>().Configure<IOptions<CustomerOptions>>((collection, customers) =>
                (collection.EnableActivationSheddingOnMemoryPressure, collection.CollectionAge) = (true, customers.Value.CollectionAge));
            if (options.Postgres is not null)
            {
                PostgresHosting.Add(silo, options, ports, telemetry);
            }
            else
            {
                SqliteHosting.Add(silo, options, ports, telemetry);
            }
        });
    }

    private static ForwardedHeadersOptions ProxiesOf(HttpOptions http)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        foreach (var network in http.ReadProxies())
        {
            options.KnownIPNetworks.Add(network);
        }

        return options;
    }

    // By the clock on the wall: a demo's store lives faster than those who look at it.
    private static void AddAccess(IServiceCollection services) => services
        .AddSingleton<AccessRules>()
        .AddSingleton(s => new CredentialCache(s.GetRequiredService<ICredentials>(), TimeProvider.System))
        .AddSingleton(s => new CredentialUses(s.GetRequiredService<ICredentials>(), TimeProvider.System))
        .AddSingleton<Callers>()
        .AddSingleton<CredentialIssuer>()
        .AddSingleton(s => new AuditLedger(s.GetRequiredService<IAuditLog>(), TimeProvider.System))
        .AddSingleton<Auditing>()
        .AddSingleton(s => new DiskSpace(s.GetRequiredService<ProcessOptions>().DataFolder, TimeProvider.System))
        .AddSingleton<CallerLimits>()
        .AddHostedService<AuditKeeping>()
        .AddHostedService<OwnerAtStart>()
        .AddHostedService<CredentialKeeping>();

    private static void AddDomain(WebApplicationBuilder builder, TimeProvider clock)
    {
        var services = builder.Services;
        services.AddSingleton(clock);
        services.AddSingleton<FailureLog>();
        services.AddStores().AddHostedService<StoreFollowing>();
        services.AddHostedService<RefreshWatch>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(s => s.GetRequiredService<Readiness>());
        services.AddSingleton<RefusedEventsLog>();
        services.AddSingleton<BodyLimits>();
        services.AddSingleton<LongReads>();
        services.AddSingleton<BodyReader>();
        services.AddPerStore<TrackingIntake>();
        services.AddPerStore<RunningImports>();
        services.AddPerStore<ImportRoute>();
        services.AddPerStore<ImportSpool>();
        services.AddPerStore<ImportJobs>();
        services.AddSingleton<IJobWork>(s => ActivatorUtilities.CreateInstance<ImportWork>(
            s, (Func<StoreId, ImportRoute>)s.GetRequiredService<StoreScopes>().Get<ImportRoute>));
        services.AddHostedService<ImportCleaning>();
        services.AddPerStore<SourceLedger>();
        services.AddPerStore<PrivacyRegister>();
        services.AddPerStore<PersonArchive>();
        services.AddSingleton<LedgerFile>().AddSingleton<IErasureLedgerKeeper>(s => s.GetRequiredService<LedgerFile>())
            .AddHostedService(s => s.GetRequiredService<LedgerFile>());
        services.AddPerStore<WebhookIntake>();
        services.AddPerStore<LetterReplay>();
        services.AddHostedService<SourceCounting>();
        services.AddSingleton<LinkTokens>();
        services.AddSingleton<SmtpConnections>();
        services.AddSingleton<WebhookClient>();
        services.AddSingleton<IDeliveryChannel, EmailChannel>();
        services.AddSingleton<IDeliveryChannel, WebhookChannel>();
        services.AddSingleton<Preferences>();
        services.AddSingleton<AudienceMembers>();
        services.AddPerStore<PastSegments>().AddPerStore<ReleasedSegments>();
        services.AddPerStore<PolicyBookKeeper>();
        services.AddPerStore<PolicyReplies>();
        services.AddPerStore<PolicyTrials>();
        services.AddPerStore<RulePreviews>();
        services.AddPerStore<OwnSegments>();
        services.AddPerStore<ListSizes>();
        services.AddPerStore<ExperimentChanges>().AddPerStore<ExperimentAssignments>();
        services.AddPerStore<AcquisitionReports>();
        services.AddPerStore<ShownSlots>().AddPerStore<CustomerTiers>().AddPerStore<CustomerRecommendations>();
        services.AddPerStore<MarketingReports>();
        services.AddPerStore<DemandPlans>();
        services.AddSingleton<IStoreHistories, HistoryCollector>();
        services.AddHostedService<StoreWatch>();
        services.AddPerStore<ExcessiveOrders>();
        services.AddClvGrains();
    }

    // The default key is in the documentation: on an address that others can reach it would let anyone write.
    private static void RefuseDefaultKeyInPublic(StoreFile file, IReadOnlyList<Uri> addresses)
    {
        if (file.WriteKeys.ContainsKey(StoreFile.DefaultWriteKey) && addresses.Any(a => !a.IsLoopback))
        {
            throw new InvalidOperationException(
                "The store has the default write key, which everyone knows: before serving on a public address, give a new store one of "
                    + "your own by --write-key or CLV_WRITE_KEY, or change the writeKeys of its store.json.");
        }
    }
}
