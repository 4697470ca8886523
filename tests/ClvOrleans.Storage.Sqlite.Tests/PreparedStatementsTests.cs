using System.Globalization;

namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>Connections keep their statements prepared, and not all that were ever asked.</summary>
public sealed class PreparedStatementsTests
{
    [Fact]
    public async Task A_connection_for_reading_keeps_its_statements_until_there_are_too_many()
    {
        await using var store = new TestStore();
        for (var i = 0; i < SqliteSession.MostStatements + 20; i++)
        {
            using var session = store.Database.Read();
            Assert.Equal(Math.Min(i, i % (SqliteSession.MostStatements + 1)), session.Statements);
            Assert.Equal((long)i, session.Scalar(Select(i)));
        }
    }

    [Fact]
    public async Task The_writer_lets_go_of_statements_between_two_transactions()
    {
        await using var store = new TestStore();
        var most = 0;
        for (var i = 0; i < SqliteSession.MostStatements + 20; i++)
        {
            await store.Writer.WriteAsync(session =>
            {
                most = Math.Max(most, session.Statements);
                Assert.Equal((long)i, session.Scalar(Select(i)));
            });
        }

        Assert.InRange(most, SqliteSession.MostStatements, SqliteSession.MostStatements + 10);
    }

    [Fact]
    public async Task Statements_that_are_let_go_of_are_prepared_again()
    {
        await using var store = new TestStore();
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i <= SqliteSession.MostStatements; i++)
            {
                using var session = store.Database.Read();
                Assert.Equal([i], session.Read(Select(i), row => row.GetInt32(0)));
            }
        }
    }

    private static string Select(int number) => string.Create(CultureInfo.InvariantCulture, $"SELECT {number}");
}
