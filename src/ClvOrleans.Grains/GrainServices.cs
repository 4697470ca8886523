using ClvOrleans.Contracts;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Deliveries;
using ClvOrleans.Grains.Experiments;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Market;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Policies;
using ClvOrleans.Grains.Privacy;
using ClvOrleans.Grains.Recommendations;
using ClvOrleans.Grains.Releases;
using ClvOrleans.Grains.Reviews;
using ClvOrleans.Grains.Sales;
using ClvOrleans.Grains.Segments;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Grains.Telemetry;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Grains.Watches;
using ClvOrleans.Policies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Configuration;
using Orleans.Storage;

namespace ClvOrleans.Grains;

/// <summary>What grains and their callers need.</summary>
public static class GrainServices
{
    /// <summary>
    /// Adds what the grains need on each silo: the model host, the market cache, the router, the snapshots, the work of jobs, and telemetry
    /// where the host has not added its own. The ports of storage, <see cref="IStores"/>, <see cref="IStoreHistories"/> and
    /// <see cref="TimeProvider"/> are the host's to add.
    /// </summary>
    public static IServiceCollection AddClvGrains(this IServiceCollection services)
    {
        services.TryAddSingleton<ClvTelemetry>();
        return services
            .AddSingleton<ShardMeter>()
            .AddHostedService<ChampionMeter>()
            .AddSingleton<ChampionHost>()
            .AddSingleton<IChampions>(s => s.GetRequiredService<ChampionHost>())
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(s => s.GetRequiredService<ChampionHost>())
            .AddHostedService(s => s.GetRequiredService<ChampionHost>())
            .AddSingleton<MarketCache>()
            .AddSingleton<ShelfCache>()
            .AddSingleton<StoreSales>()
            .AddSingleton<StoreReleases>()
            .AddSingleton<WatchCache>()
            .AddSingleton<DecisionNudges>()
            .AddSingleton<DecisionRuns>()
            .AddSingleton<IWatchSource, SegmentWatches>()
            .AddSingleton<ReviewIntake>()
            .AddSingleton<IErasureNotices, AudienceNotices>()
            .AddSingleton<PersonErasure>()
            .AddSingleton<EventRouter>()
            .AddSingleton<PolicyCache>()
            .AddSingleton<IWatchSource, PolicyWatches>()
            .AddSingleton<HandOverRule>()
            .AddSingleton<SubscriptionFollower>()
            .AddSingleton<AudienceFollower>()
            .AddSingleton<DeliveryRuns>()
            .AddSingleton<IPruning, TransitionPruning>()
            .AddSingleton<IPruning, DecisionPruning>()
            .AddSingleton<IPruning, DeliveryPruning>()
            .AddSingleton<IPruning, ReviewPruning>()
            .AddSingleton<IPruning, RecommendationPruning>()
            .AddSingleton<IPruning, ErasurePruning>()
            .AddSingleton<IPruning, RetentionPruning>()
            .AddSingleton<BehaviourPacking>()
            .AddSingleton<IDeliveryChannel>(new KeptChannel(ActionChannel.Audience))
            .AddSingleton<IDeliveryChannel>(new KeptChannel(ActionChannel.Slot))
            .AddSingleton<SnapshotStorage>()
            .AddSingleton<IGrainStorageSerializer, SnapshotSerializer>()
            .AddSingleton<ShardCollector>()
            .AddSingleton<RecommendationTraining>()
            .AddSingleton<JobSlots>()
            .AddSingleton<StoreJobs>()
            .AddSingleton<ExperimentPlans>()
            .AddSingleton<OutcomeWork>()
            .AddSingleton<DriftReports>()
            .AddSingleton<RetrainingRule>()
            .AddSingleton<FirstModel>()
            .AddSingleton<IJobWork, TrainingWork>()
            .AddSingleton<IJobWork, BacktestWork>()
            .AddSingleton<IJobWork, DriftWork>()
            .AddSingleton<IJobWork, ErasureWork>()
            .AddClvMessages();
    }

    /// <summary>
    /// Gives the silo's own business a clock that cannot be put back: the collection of idle grains, and with it every new activation,
    /// would fail until the old time is reached again. Grains see the clock on the wall.
    /// </summary>
    public static IServiceCollection AddSteadyTime(this IServiceCollection services, TimeProvider source)
    {
        var steady = new SteadyTimeProvider(source);
        string[] areas =
        [
            TimeProviderNames.ActivationManagement, TimeProviderNames.GrainDirectory, TimeProviderNames.Membership,
            TimeProviderNames.Messaging, TimeProviderNames.SystemTimers,
        ];
        foreach (var area in areas)
        {
            services.AddKeyedSingleton<TimeProvider>(area, steady);
        }

        return services;
    }

    /// <summary>Adds how the domain's values are written in messages, for silos and for clients that call them.</summary>
    public static IServiceCollection AddClvMessages(this IServiceCollection services) => services
        .AddSerializer(s => s.AddJsonSerializer(
            isSerializable: MessageValues.Contains,
            isCopyable: _ => false,
            options => options.Configure(json => json.SerializerOptions = MessageValues.Json)))
        .AddSingleton<IGeneralizedCopier, ValueCopier>()
        .Configure<TypeManifestOptions>(manifest =>
        {
            foreach (var (alias, type) in MessageValues.ByAlias)
            {
                manifest.WellKnownTypeAliases[alias] = type;
            }
        })
        .Configure<ExceptionSerializationOptions>(o => o.SupportedNamespacePrefixes.Add("ClvOrleans"));
}
