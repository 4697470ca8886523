using System.Globalization;

namespace ClvOrleans.Storage.Postgres.Tests;

/// <summary>Statements as Npgsql reads them: kept, and not all that were ever asked.</summary>
public sealed class TranslatedStatementsTests
{
    [Fact]
    public void Those_of_before_make_room()
    {
        for (var i = 0; i < PostgresSession.MostTranslated + 100; i++)
        {
            var number = i.ToString(CultureInfo.InvariantCulture);
            Assert.Equal($"SELECT {number} + @a", PostgresSession.Translate($"SELECT {number} + $a"));
        }

        // Other tests translate theirs at the same time.
        Assert.InRange(PostgresSession.Kept, 1, PostgresSession.MostTranslated + 99);
    }
}
