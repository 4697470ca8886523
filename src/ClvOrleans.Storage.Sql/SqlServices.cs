using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.ImportFiles;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Storage.Market;
using ClvOrleans.Storage.Models;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Storage.Sources;
using ClvOrleans.Storage.Stamps;
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
        .AddSingleton<IDeadLetters, SqlDeadLetters>()
        .AddSingleton<IModelRegistry, SqlRegistry>()
        .AddSingleton<IImportFiles, SqlImportFiles>()
        .AddSingleton<IJobRecords, SqlJobs>()
        .AddSingleton<IMarketEntries, SqlMarketEntries>()
        .AddSingleton<IPredictions, SqlPredictions>()
        .AddSingleton<IPrivacyRequests, SqlPrivacyRequests>()
        .AddSingleton<ISourceCounts, SqlSourceCounts>()
        .AddSingleton<IStoreStamps, SqlStoreStamps>();
}
