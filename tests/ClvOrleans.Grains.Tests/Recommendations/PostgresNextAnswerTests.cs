namespace ClvOrleans.Grains.Tests.Recommendations;

/// <summary>Two silos over PostgreSQL.</summary>
public sealed class PostgresNextAnswerTests(PostgresNextAnswerTests.PostgresCluster cluster)
    : NextAnswerTests(cluster), IClassFixture<PostgresNextAnswerTests.PostgresCluster>
{
    public sealed class PostgresCluster : StoreCluster
    {
        private readonly PostgresSchema _schema = new();

        private protected override Task<ClusterStorage> OpenStorageAsync() => _schema.OpenAsync();
    }
}
