using ClvOrleans.Storage.Access;
using ClvOrleans.Storage.Audit;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Deliveries;
using ClvOrleans.Storage.Experiments;
using ClvOrleans.Storage.ImportFiles;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Market;
using ClvOrleans.Storage.Models;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Storage.Releases;
using ClvOrleans.Storage.Reviews;
using ClvOrleans.Storage.Segments;
using ClvOrleans.Storage.Sources;
using ClvOrleans.Storage.Stamps;
using ClvOrleans.Storage.Stock;
using ClvOrleans.Storage.Stores;
using ClvOrleans.Storage.Watches;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Storage.Sql;

/// <summary>The ports that are the same on every engine that reads SQL.</summary>
public static class SqlServices
{
    /// <summary>
    /// Adds them over a database. How many dead letters are kept is by the <see cref="DeadLetterOptions"/> among the services, where there
    /// are any.
    /// </summary>
    public static IServiceCollection AddSqlPorts(this IServiceCollection services, ISqlDatabase database) => services
        .AddSingleton(database)
        .AddSingleton<IAcquisitionCosts, SqlAcquisitionCosts>()
        .AddSingleton<IAuditLog, SqlAuditLog>()
        .AddSingleton<ICredentials, SqlCredentials>()
        .AddSingleton<IDeadLetters, SqlDeadLetters>()
        .AddSingleton<IDecisions, SqlDecisions>()
        .AddSingleton<IDeliveries, SqlDeliveries>()
        .AddSingleton<IErasures, SqlErasures>()
        .AddSingleton<IEventPacks, SqlEventPacks>()
        .AddSingleton<IExperiments, SqlExperiments>()
        .AddSingleton<IExposures, SqlExposures>()
        .AddSingleton<IHeldEvents, SqlHeldEvents>()
        .AddSingleton<IKeyRing, SqlKeyRing>()
        .AddSingleton<IModelRegistry, SqlRegistry>()
        .AddSingleton<IImportFiles, SqlImportFiles>()
        .AddSingleton<IJobRecords, SqlJobs>()
        .AddSingleton<IMarketEntries, SqlMarketEntries>()
        .AddSingleton<IPolicies, SqlPolicies>()
        .AddSingleton<IPredictions, SqlPredictions>()
        .AddSingleton<IPrivacyRequests, SqlPrivacyRequests>()
        .AddSingleton<IProductShelf, SqlProductShelf>()
        .AddSingleton<IReportReleases, SqlReportReleases>()
        .AddSingleton<IReviewTexts, SqlReviewTexts>()
        .AddSingleton<ISegmentDefinitions, SqlSegmentDefinitions>()
        .AddSingleton<ISourceCounts, SqlSourceCounts>()
        .AddSingleton<IStoreRecords, SqlStoreRecords>()
        .AddSingleton<IStoreStamps, SqlStoreStamps>()
        .AddSingleton<ISubscriptions, SqlSubscriptions>()
        .AddSingleton<IAudiences, SqlAudiences>()
        .AddSingleton<ITransitions, SqlTransitions>();
}
