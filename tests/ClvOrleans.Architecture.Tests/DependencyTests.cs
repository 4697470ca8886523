namespace ClvOrleans.Architecture.Tests;

/// <summary>Which project may know which.</summary>
public sealed class DependencyTests
{
    internal const string All =
        "Contracts Domain Grains Intake Policies Recommendations Reports Server Simulation Statistics Storage.Abstractions "
            + "Storage.Postgres Storage.Sql Storage.Sqlite Training Valuation";

    // A project, and all that it may know.
    internal static readonly (string Project, string Known)[] Table =
    [
        ("Statistics", ""),
        ("Domain", "Statistics"),
        ("Intake", "Domain"),
        ("Valuation", "Domain Statistics"),
        ("Policies", "Domain Statistics Valuation"),
        ("Recommendations", "Domain"),
        ("Reports", "Domain Statistics Valuation"),
        ("Storage.Abstractions", "Domain Policies Valuation"),
        ("Storage.Sql", "Domain Policies Storage.Abstractions Valuation"),
        ("Storage.Postgres", "Domain Policies Storage.Abstractions Storage.Sql Valuation"),
        ("Storage.Sqlite", "Domain Policies Storage.Abstractions Storage.Sql Valuation"),
        ("Contracts", "Domain Policies Valuation"),
        ("Training", "Domain Statistics Valuation"),
        ("Grains", "Contracts Domain Policies Recommendations Reports Statistics Storage.Abstractions Training Valuation"),
        ("Simulation", "Domain"),
        (
            "Server",
            "Contracts Domain Grains Intake Policies Recommendations Reports Statistics Storage.Abstractions Storage.Postgres "
                + "Storage.Sqlite Training Valuation"),
        ("clv", All),
    ];

    // What a project that computes has no business with.
    private static readonly string[] Outside =
        ["Orleans", "Microsoft.AspNetCore", "Microsoft.Data", "Microsoft.Extensions", "System.Data.Common", "System.Net.Http",
            "System.Net.Sockets"];

    public static TheoryData<string> Projects => [.. Table.Select(t => t.Project)];

    public static TheoryData<string> PureProjects =>
        ["Statistics", "Domain", "Intake", "Valuation", "Policies", "Recommendations", "Reports", "Storage.Abstractions", "Simulation"];

    [Fact]
    public void Every_project_is_in_the_table() =>
        Assert.Equal(References.Assemblies.Keys.Order(StringComparer.Ordinal), Table.Select(t => t.Project).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_knows_nothing_else(string project) =>
        Assert.Empty(References.KnownTo(References.Assemblies[project]).Except(Table.Single(t => t.Project == project).Known.Split(' ')));

    [Theory]
    [MemberData(nameof(PureProjects))]
    public void A_pure_project_knows_no_host_no_database_and_no_network(string project) => Assert.DoesNotContain(
        References.Assemblies[project].GetReferencedAssemblies(), a => Outside.Any(o => a.Name!.StartsWith(o, StringComparison.Ordinal)));
}
