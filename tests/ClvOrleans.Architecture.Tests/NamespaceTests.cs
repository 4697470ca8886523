namespace ClvOrleans.Architecture.Tests;

/// <summary>Which namespace of a project may use which.</summary>
public sealed class NamespaceTests
{
    // Root namespace of a project, and its namespaces from the bottom up: each may use those in the rows above its own, so that there can
    // be no cycle. "." is the root itself. A project with one namespace needs no row.
    private static readonly (string Root, string[] Rows)[] Table =
    [
        ("ClvOrleans.Statistics",
        [
            "Numerics",
            "Fitting Preprocessing Neural.Outputs Neural.Layers",
            "Lifetime Spend Discrete Subscriptions Neural Experiments Demand",
            "Covariates Joint Neural.Training",
        ]),
        ("ClvOrleans.Domain",
        [
            ". Names",
            "Currencies",
            "Stores Events Market Policies Segments Stock",
            "Customers",
        ]),
        ("ClvOrleans.Intake",
        [
            "Rules",
            "Tracking",
            "Files Webhooks",
            "Costs Stock",
        ]),
        ("ClvOrleans.Valuation",
        [
            "Clusters Estimates Jobs Levels Market Reviews Rfm Rules.Syntax",
            "Trainings",
            "Intervals",
            "Features Segments",
            "Rules",
            "Models",
            "Explanations Drift Watches Acquisition",
            "BuyTillYouDie",
            "Ensemble",
            ".",
        ]),
        ("ClvOrleans.Policies",
        [
            "Experiments",
            ".",
            "Definitions Deliveries Evaluation ReadyMade",
        ]),
        ("ClvOrleans.Recommendations",
        [
            "Baskets Catalogues Metrics",
            "Models",
            "Learning Ranking",
            "Backtests",
        ]),
        ("ClvOrleans.Reports",
        [
            "Disclosure Sales Tables",
            "Demand Marketing",
            "Noise",
        ]),
        ("ClvOrleans.Storage",
        [
            ".",
            "Access Audit CustomerRows DeadLetters Deliveries Experiments ImportFiles Jobs Market Models Policies "
                + "Releases Reviews Segments Sources Stamps Stock Watches",
            "Journal Privacy Stores",
            "Sql",
            "Sql.Copies",
            "Postgres Sqlite",
            "Postgres.Copies Sqlite.Checks Sqlite.Copies",
            "Postgres.Inspections",
        ]),
        ("ClvOrleans.Contracts",
        [
            "Customers Deliveries Experiments Jobs Market Policies Segments Trainings",
            ".",
        ]),
        ("ClvOrleans.Grains",
        [
            "Privacy Runs Stores",
            "Market Recommendations Sales Telemetry",
            "Models Jobs Watches",
            "Experiments Reviews",
            "Trainings",
            "Policies Releases",
            "Customers Segments",
            "Deliveries",
            ".",
        ]),
        ("ClvOrleans.Training",
        [
            "Histories Reviews Validation.Metrics",
            "Forecasts Movements Segments",
            "Validation",
            "Intervals",
            "Backtests",
            "Backtests.Origins",
            "Backtests.Models Backtests.Reports",
            "Levels",
            "Fits",
            "Learning",
            ".",
        ]),
        ("ClvOrleans.Simulation", ["."]),
        ("ClvOrleans.Server",
        [
            "Stores",
            "Http Pages",
            "Access Recommendations",
            "Api.Replies SignIn Sources",
            "Imports Intake Repairs Rules",
            "Deliveries Trainings Webhooks",
            "Policies",
            "Api",
            "Hosting",
        ]),
        ("ClvOrleans.Cli",
        [
            "Diagnoses",
            "Commands",
            "Demo",
            ".",
        ]),
    ];

    [Fact]
    public void Every_namespace_has_a_place() => Assert.DoesNotContain(References.OwnNamespaces, n => Place(n) is null);

    [Fact]
    public void A_namespace_uses_only_those_above_it() => Assert.Empty(
        from reference in References.Namespaces
        let user = Place(reference.From)
        let used = Place(reference.To)
        where user?.Root == used?.Root && user?.Row <= used?.Row
        select $"{reference.From} -> {reference.To}: {reference.Types}");

    private static (string Root, int Row)? Place(string name)
    {
        foreach (var (root, rows) in Table)
        {
            if (name == root || name.StartsWith($"{root}.", StringComparison.Ordinal))
            {
                var rest = name == root ? "." : name[(root.Length + 1)..];
                var row = Array.FindIndex(rows, r => r.Split(' ').Contains(rest));
                return row < 0 ? null : (root, row);
            }
        }

        return null;
    }
}
