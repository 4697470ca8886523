using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Contracts.Trainings;

/// <summary>A customer as of the ends of some days.</summary>
[Immutable, GenerateSerializer, Alias("clv.cuts")]
public sealed record AsOfSnapshotsReply([property: Id(0)] AsOfSnapshots Customer);
