using System.Collections.Immutable;

namespace ClvOrleans.Grains.Privacy;

/// <summary>Whom to erase or to suppress. A job keeps it until it ends.</summary>
/// <param name="Kind">What is asked for.</param>
/// <param name="Users">The user ids; anonymous ids do as well.</param>
/// <param name="Everyone">Whether all customers of the store are meant.</param>
public sealed record ErasureRequest(ErasureKind Kind, ImmutableArray<string> Users, bool Everyone = false)
{
    /// <summary>Most ids in one request.</summary>
    public const int Most = 10_000;
}
