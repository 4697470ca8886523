using System.Globalization;

namespace ClvOrleans.Storage.Sqlite.Checks;

/// <summary>What counts against budgets and caps is what the decisions have taken and not given back.</summary>
internal sealed class LimitCheck : IStoreCheck
{
    // A day as a number, from 1 January of the year 1.
    private const string Taken =
        "WITH taken AS (SELECT store, customer, policy, cost, json_extract(CAST(charge AS TEXT), '$.period') AS period, "
        + "CAST(julianday(json_extract(CAST(charge AS TEXT), '$.day')) - 1721425.5 AS INTEGER) AS day, "
        + "json_extract(CAST(charge AS TEXT), '$.channel') AS channel, "
        + "CAST(julianday(json_extract(CAST(charge AS TEXT), '$.contactDay')) - 1721425.5 AS INTEGER) AS contact_day "
        + "FROM decisions WHERE charge IS NOT NULL AND given_back_at IS NULL) ";

    private static readonly (string What, string Counted, string Recounted)[] Counters =
    [
        ("budget", "SELECT store, policy || ' in period ' || period AS name, spent AS number FROM policy_spending",
            "SELECT store, policy || ' in period ' || period AS name, sum(cost) AS number FROM taken GROUP BY 1, 2"),
        ("actions", "SELECT store, policy || ' on day ' || day AS name, actions AS number FROM policy_days",
            "SELECT store, policy || ' on day ' || day AS name, count(*) AS number FROM taken GROUP BY 1, 2"),
        ("contacts", "SELECT store, customer || ' by ' || channel || ' on day ' || day AS name, contacts AS number FROM contact_days",
            "SELECT store, customer || ' by ' || channel || ' on day ' || contact_day AS name, count(*) AS number FROM taken "
                + "WHERE channel IS NOT NULL GROUP BY 1, 2"),
    ];

    public string Name => "budgets and caps against decisions";

    public IEnumerable<string> Run(CheckedStore store)
    {
        foreach (var (what, counted, recounted) in store.Has("decisions") ? Counters : [])
        {
            foreach (var row in store.Rows(
                $"{Taken} SELECT c.store, c.name, c.number, ifnull(r.number, 0) FROM ({counted}) c "
                    + $"LEFT JOIN ({recounted}) r ON r.store = c.store AND r.name = c.name WHERE c.number <> ifnull(r.number, 0) "
                    + $"UNION ALL SELECT r.store, r.name, 0, r.number FROM ({recounted}) r "
                    + $"LEFT JOIN ({counted}) c ON r.store = c.store AND r.name = c.name WHERE c.name IS NULL"))
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.GetString(0)}: {what} of {row.GetString(1)}: counted are {row.GetInt64(2)}, "
                        + $"its decisions have {row.GetInt64(3)}.");
            }
        }
    }
}
