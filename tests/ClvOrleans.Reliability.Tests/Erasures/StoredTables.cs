using System.Globalization;
using ClvOrleans.Reliability.Tests.Clusters;

namespace ClvOrleans.Reliability.Tests.Erasures;

/// <summary>The tables of a PostgreSQL server of its own.</summary>
internal sealed class StoredTables : IStoredRows
{
    private readonly Database _database = Database.Start();

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["CLV_POSTGRES"] = Database.ConnectionString("127.0.0.1", _database.Primary.Port),
        ["CLV_SILO_ADDRESS"] = "127.0.0.1",
    };

    public async Task<long> CountAsync(string sql) =>
        long.Parse((await _database.TextsAsync(sql)).Single(), CultureInfo.InvariantCulture);

    public async Task<bool> HoldsAsync(string text)
    {
        var tables = await _database.TextsAsync(
            "SELECT table_name || ' ' || string_agg(CASE data_type "
                + "WHEN 'bytea' THEN 'encode(' || quote_ident(column_name) || ',''escape'')' "
                + "ELSE quote_ident(column_name) || '::text' END, ',') "
                + "FROM information_schema.columns WHERE table_schema = 'public' GROUP BY table_name");
        foreach (var table in tables.Select(t => t.Split(' ', 2)))
        {
            var found = await _database.TextsAsync(
                $"SELECT count(*) FROM \"{table[0]}\" WHERE position('{text}' IN concat_ws('|', {table[1]})) > 0");
            if (found is not ["0"])
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose() => _database.Dispose();
}
