namespace ClvOrleans.Server.Tests.Intake;

/// <summary>The tests that share one server.</summary>
[CollectionDefinition]
public sealed class IntakeTests : ICollectionFixture<IntakeServer>;
