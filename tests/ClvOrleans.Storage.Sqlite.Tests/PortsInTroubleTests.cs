using System.Reflection;
using System.Runtime.CompilerServices;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>Whatever is asked of whatever port, trouble with the file is one kind of exception, with the sentence that names the file.</summary>
public sealed class PortsInTroubleTests
{
    // What tells of storage, and does not use it.
    private static readonly Type[] Tellers = [typeof(IStorageHealth), typeof(ICommitObserver)];

    public static TheoryData<Type, string> Calls =>
    [
        .. typeof(IJournal).Assembly.GetTypes()
            .Where(t => t.IsInterface && !Tellers.Contains(t))
            .SelectMany(port => port.GetMethods().Where(m => m.IsAbstract).Select(method => (port, method.ToString()!))),
    ];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Every_call_says_that_the_file_is_gone(Type port, string method)
    {
        await using var store = new TestStore();
        File.Delete(store.Database.Path);
        var error = await Assert.ThrowsAsync<StorageUnavailableException>(() => CallAsync(store, port, method));
        Assert.Contains(store.Database.Path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Every_call_says_that_the_tables_are_not_those_of_this_version(Type port, string method)
    {
        await using var store = new TestStore();
        await store.Writer.WriteAsync(session =>
        {
            foreach (var table in session.Read("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'journal%'", row => row.GetString(0)))
            {
                session.Run($"DROP TABLE {table}");
            }
        });
        var error = await Assert.ThrowsAsync<StorageUnavailableException>(() => CallAsync(store, port, method));
        Assert.Contains("lacks a table or column", error.Message, StringComparison.Ordinal);
    }

    private static async Task CallAsync(TestStore store, Type port, string name)
    {
        var type = typeof(SqliteDatabase).Assembly.GetTypes().Single(t => t.IsClass && t.IsAssignableTo(port));
        var constructor = type.GetConstructors().Single();
        var instance = constructor.Invoke([.. constructor.GetParameters().Select(p =>
            p.ParameterType == typeof(SqliteDatabase) ? store.Database
            : p.ParameterType == typeof(SqliteWriter) ? (object?)store.Writer
            : p.DefaultValue is DBNull ? throw new NotSupportedException($"{type.Name} needs a {p.ParameterType.Name}.") : p.DefaultValue)]);
        var method = port.GetMethods().Single(m => m.ToString() == name);
        var result = method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, [.. method.GetParameters().Select(p => Value(p.ParameterType))], null);
        if (result is Task task)
        {
            await task;
            return;
        }

        // A stream is asked for its first item.
        var item = method.ReturnType.GenericTypeArguments[0];
        await (Task)typeof(PortsInTroubleTests).GetMethod(nameof(FirstAsync), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(item)
            .Invoke(null, [result])!;
    }

    private static async Task FirstAsync<T>(IAsyncEnumerable<T> stream)
    {
        await foreach (var _ in stream)
        {
            return;
        }
    }

    private static object? Value(Type type) =>
        type == typeof(string) ? "x"
        : type == typeof(StoreId) ? Letters.Store
        : type == typeof(CustomerId) ? Commits.Customer("anna")
        : type == typeof(CustomerCommit) ? Commits.Of("anna", 0, "m0")
        : type == typeof(CustomerEvent) ? Commits.Of("anna", 0, "m0").Events[0]
        : type == typeof(HeldEvent) ? new HeldEvent(Commits.Customer("anna"), Commits.Of("anna", 0, "m0").Events[0] with { Refund = new RefundFacts("o1", null) })
        : type == typeof(ContestedCompletion) ? new ContestedCompletion(Commits.Customer("anna"), Commits.Of("anna", 0, "m0").Events[0] with { Kind = EventKind.OrderCompleted })
        : type == typeof(DeadLetter) ? Letters.Of("m0")
        : type == typeof(PrivacyRequest) ? new PrivacyRequest(0, Letters.Store, "s", "m", PrivacyRequestKind.ShopErasure, null, default, default, default)
        : type == typeof(DeadLetterQuery) ? new DeadLetterQuery(Code: "x")
        : type == typeof(CustomerRowQuery) ? new CustomerRowQuery(Letters.Store, null, 0, 10, CustomerRowSort.Predicted, 10, null)
        : type == typeof(CustomerRow) ? Commits.Of("anna", 0, "m0").Head
        : type == typeof(Valuation.Models.ModelVersion) ? Valuation.Models.PriorModel.Version with { Id = "m-1" }
        : type == typeof(TrainingRecord) ? new TrainingRecord { Number = 1, Cause = TrainingCause.Scheduled, StartedAt = DateTimeOffset.UnixEpoch }
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyCollection<>) ? Collection(type.GenericTypeArguments[0])
        : type.IsValueType ? Activator.CreateInstance(type)
        : RuntimeHelpers.GetUninitializedObject(type);

    private static Array Collection(Type item)
    {
        var values = Array.CreateInstance(item, 1);
        values.SetValue(Value(item), 0);
        return values;
    }
}
