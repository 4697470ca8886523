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

    // What erased people have taken is kept without them.
    private const string Whole =
        "(SELECT store, policy, period, day, cost, 1 AS actions FROM taken "
        + "UNION ALL SELECT store, policy, period, day, cost, actions FROM erased_charges)";

    private static readonly (string What, string Counted, string Recounted)[] Counters =
    [
        ("budget", "SELECT store, policy || ' in period ' || period AS name, spent AS number FROM policy_spending",
            "SELECT store, policy || ' in period ' || period AS name, sum(cost) AS number FROM " + Whole + " GROUP BY 1, 2"),
        ("actions", "SELECT store, policy || ' on day ' || day AS name, actions AS number FROM policy_days",
            "SELECT store, policy || ' on day ' || day AS name, sum(actions) AS number FROM " + Whole + " GROUP BY 1, 2"),
        ("contacts", "SELECT store, customer || ' by ' || channel || ' on day ' || day AS name, contacts AS number FROM contact_days",
            "SELECT store, customer || ' by ' || channel || ' on day ' || contact_day AS name, count(*) AS number FROM taken "
                + "WHERE channel IS NOT NULL GROUP BY 1, 2"),
    ];

    public string Name => "budgets and caps against decisions";

    public IEnumerable<string> Run(CheckedStore store)
    {
        foreach (var (what, counted, recounted) in store.Has("decisions") ? Counters : [])
        {
            // Summed rather than joined: a join by computed names looks at all of them for each.
            foreach (var row in store.Rows(
                $"{Taken} SELECT store, name, sum(c), sum(r) FROM (SELECT store, name, number AS c, 0 AS r FROM ({counted}) "
                    + $"UNION ALL SELECT store, name, 0, number FROM ({recounted})) GROUP BY store, name HAVING sum(c) <> sum(r)"))
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.GetString(0)}: {what} of {row.GetString(1)}: counted are {row.GetInt64(2)}, "
                        + $"its decisions have {row.GetInt64(3)}.");
            }
        }
    }
}
