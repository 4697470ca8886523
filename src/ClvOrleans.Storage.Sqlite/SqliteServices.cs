using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Sql;
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
        .AddSqlPorts(new SqliteSqlDatabase(store.Journal, store.Writer, store.Snapshots));
}
