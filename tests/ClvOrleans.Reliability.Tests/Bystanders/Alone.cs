namespace ClvOrleans.Reliability.Tests.Bystanders;

/// <summary>Tests that measure time: no other of this project runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
