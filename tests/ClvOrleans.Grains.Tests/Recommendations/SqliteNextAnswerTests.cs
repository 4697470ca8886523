namespace ClvOrleans.Grains.Tests.Recommendations;

/// <summary>Two silos over SQLite.</summary>
public sealed class SqliteNextAnswerTests(StoreCluster cluster) : NextAnswerTests(cluster), IClassFixture<StoreCluster>;
