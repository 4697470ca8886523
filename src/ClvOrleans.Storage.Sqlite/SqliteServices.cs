using ClvOrleans.Storage.CustomerRows;
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
using ClvOrleans.Storage.Reviews;
using ClvOrleans.Storage.Segments;
using ClvOrleans.Storage.Sources;
using ClvOrleans.Storage.Stamps;
using ClvOrleans.Storage.Watches;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>The ports of storage as services.</summary>
public static class SqliteServices
{
    /// <summary>
    /// Adds every port of storage, over the files of a store. Whoever opened the store closes it: several hosts of a process can share one.
    /// How many dead letters are kept is by the <see cref="DeadLetterOptions"/> among the services, where there are any.
    /// </summary>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, SqliteStore store) => services
        .AddSingleton(store.Journal)
        .AddSingleton(store.Writer)
        .AddSingleton(store.Health)
        .AddSingleton<IJournal, SqliteJournal>()
        .AddSingleton<IEventHistory, SqliteEventHistory>()
        .AddSingleton<ICustomerRows, SqliteCustomerRows>()
        .AddSingleton<IDecisions, SqliteDecisions>()
        .AddSingleton<IDeadLetters, SqliteDeadLetters>()
        .AddSingleton<IDeliveries, SqliteDeliveries>()
        .AddSingleton<ISubscriptions, SqliteSubscriptions>()
        .AddSingleton<IModelRegistry, SqliteRegistry>()
        .AddSingleton<IExperiments, SqliteExperiments>()
        .AddSingleton<IExposures, SqliteExposures>()
        .AddSingleton<IImportFiles, SqliteImportFiles>()
        .AddSingleton<IJobRecords, SqliteJobs>()
        .AddSingleton<IMarketEntries, SqliteMarketEntries>()
        .AddSingleton<IPolicies, SqlitePolicies>()
        .AddSingleton<IPredictions, SqlitePredictions>()
        .AddSingleton<IPrivacyRequests, SqlitePrivacyRequests>()
        .AddSingleton<IReviewTexts, SqliteReviewTexts>()
        .AddSingleton<ISegmentDefinitions, SqliteSegmentDefinitions>()
        .AddSingleton<ISourceCounts, SqliteSourceCounts>()
        .AddSingleton<IStoreStamps, SqliteStoreStamps>()
        .AddSingleton<ITransitions, SqliteTransitions>();
}
