using ClvOrleans.Storage.Conformance;
using ClvOrleans.Storage.Conformance.Faulty;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>A file without the tables of this version is trouble with the file, whatever is asked of whatever port.</summary>
public sealed class MissingTablesTests
{
    // Rewriting the file asks for no table.
    public static IEnumerable<TheoryDataRow<Type, string>> Calls => PortCalls.All.Where(
        c => !c.Data.Item2.Contains(nameof(IErasures.CompactAsync), StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Every_call_says_that_the_tables_are_not_those_of_this_version(Type port, string method)
    {
        await using var open = await new SqliteEngine().OpenAsync(Guid.NewGuid().ToString("N"), new DeadLetterOptions());
        await ((SqliteWriter)open.Services.GetService(typeof(SqliteWriter))!).WriteAsync(session =>
        {
            const string Tables =
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'journal%'";
            foreach (var table in session.Read(Tables, row => row.GetString(0)))
            {
                session.Run($"DROP TABLE {table}");
            }
        });
        var error = await Assert.ThrowsAsync<StorageUnavailableException>(() => PortCalls.CallAsync(open.Services, port, method));
        Assert.Contains("lacks a table or column", error.Message, StringComparison.Ordinal);
    }
}
