namespace ClvOrleans.Grains.Tests.Policies;

/// <summary>Decisions of two silos over PostgreSQL.</summary>
public sealed class PostgresDecisionTests(PostgresDecisionTests.PostgresCluster cluster)
    : DecisionTests(cluster), IClassFixture<PostgresDecisionTests.PostgresCluster>
{
    public sealed class PostgresCluster : DecisionCluster
    {
        private readonly PostgresSchema _schema = new();

        private protected override Task<ClusterStorage> OpenStorageAsync() => _schema.OpenAsync();
    }
}
