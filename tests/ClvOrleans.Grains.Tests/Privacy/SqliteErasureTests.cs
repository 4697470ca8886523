namespace ClvOrleans.Grains.Tests.Privacy;

/// <summary>Erasures of two silos over SQLite: the bytes of all files are searched.</summary>
public sealed class SqliteErasureTests(ErasureCluster cluster) : PersonErasureTests(cluster), IClassFixture<ErasureCluster>;
