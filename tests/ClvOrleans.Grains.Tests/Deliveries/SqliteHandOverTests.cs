namespace ClvOrleans.Grains.Tests.Deliveries;

/// <summary>Deliveries of two silos over one file.</summary>
public sealed class SqliteHandOverTests(DeliveryCluster cluster) : HandOverTests(cluster), IClassFixture<DeliveryCluster>;
