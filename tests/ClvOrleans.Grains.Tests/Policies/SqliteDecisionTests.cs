namespace ClvOrleans.Grains.Tests.Policies;

/// <summary>Decisions of two silos over one file.</summary>
public sealed class SqliteDecisionTests(DecisionCluster cluster) : DecisionTests(cluster), IClassFixture<DecisionCluster>;
