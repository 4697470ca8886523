namespace ClvOrleans.Grains.Tests.Privacy;

/// <summary>Erasures of two silos over PostgreSQL.</summary>
public sealed class PostgresErasureTests(PostgresErasureTests.PostgresCluster cluster)
    : PersonErasureTests(cluster), IClassFixture<PostgresErasureTests.PostgresCluster>
{
    public sealed class PostgresCluster : ErasureCluster
    {
        private readonly PostgresSchema _schema = new();

        public override Task<IReadOnlyCollection<string>> TablesAsync() => _schema.TablesAsync();

        public override Task<string> DumpAsync() => _schema.DumpAsync();

        private protected override Task<ClusterStorage> OpenStorageAsync() => _schema.OpenAsync();
    }
}
