using ClvOrleans.Grains.Tests.Privacy;

namespace ClvOrleans.Grains.Tests.Releases;

/// <summary>Over PostgreSQL.</summary>
public sealed class StoreReleasesOnPostgres(PostgresErasureTests.PostgresCluster cluster)
    : StoreReleaseTests(cluster), IClassFixture<PostgresErasureTests.PostgresCluster>;
