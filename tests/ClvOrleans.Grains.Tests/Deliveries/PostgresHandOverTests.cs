namespace ClvOrleans.Grains.Tests.Deliveries;

/// <summary>Deliveries of two silos over PostgreSQL.</summary>
public sealed class PostgresHandOverTests(PostgresHandOverTests.PostgresCluster cluster)
    : HandOverTests(cluster), IClassFixture<PostgresHandOverTests.PostgresCluster>
{
    public sealed class PostgresCluster : DeliveryCluster
    {
        private readonly PostgresSchema _schema = new();

        private protected override Task<ClusterStorage> OpenStorageAsync() => _schema.OpenAsync();
    }
}
