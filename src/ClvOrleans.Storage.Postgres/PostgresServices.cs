using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Sql;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Storage.Postgres;

/// <summary>The ports of storage as services.</summary>
public static class PostgresServices
{
    /// <summary>
    /// Adds every port of storage, over an open store. Whoever opened the store closes it. How many dead letters are kept is by the
    /// <see cref="DeadLetterOptions"/> among the services, where there are any.
    /// </summary>
    public static IServiceCollection AddPostgresStorage(this IServiceCollection services, PostgresStore store) => services
        .AddSingleton(store.Database)
        .AddSingleton(store.Writer)
        .AddSingleton(store.Health)
        .AddSingleton<IJournal, PostgresJournal>()
        .AddSingleton<IEventHistory, PostgresEventHistory>()
        .AddSingleton<ICustomerRows, PostgresCustomerRows>()
        .AddSqlPorts(store.Database);
}
