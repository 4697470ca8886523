namespace ClvOrleans.Grains.Tests.Releases;

/// <summary>Over files.</summary>
public sealed class StoreReleasesOfFiles(StoreCluster cluster) : StoreReleaseTests(cluster), IClassFixture<StoreCluster>;
