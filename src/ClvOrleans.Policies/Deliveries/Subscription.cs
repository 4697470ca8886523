using System.Collections.Immutable;

namespace ClvOrleans.Policies.Deliveries;

/// <summary>An address of the store's own systems that is told of entries, exits and other transitions, and of decisions.</summary>
public sealed record Subscription
{
    /// <summary>The most subscriptions of a store.</summary>
    public const int Most = 100;

    /// <summary>Its name, 1 to 63 of a-z, 0-9 and '-', a letter first.</summary>
    public required string Id { get; init; }

    /// <summary>Where it is told, an https or http address.</summary>
    public required Uri Url { get; init; }

    /// <summary>
    /// What it is told: <c>segment/vip</c>, <c>segment/*</c>, <c>policy/win-back</c>, <c>policy/*</c> for transitions, <c>decisions</c> for
    /// decisions, <c>decisions/win-back</c> for those of one policy.
    /// </summary>
    public required ImmutableArray<string> Topics { get; init; }

    /// <summary>
    /// Whether it is an audience: told only of adds and removes, and of adds only for customers who consent to the channel <c>audience</c>.
    /// </summary>
    public bool IsAudience { get; init; }

    /// <summary>The secrets that sign: the newest first; during a rotation two.</summary>
    public required ImmutableArray<string> Secrets { get; init; }

    /// <summary>Since when; earlier transitions are not told.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Whether it is told something.</summary>
    public bool IsTold(string topic) => Topics.Contains(topic) || Topics.Contains($"{topic[..topic.IndexOf('/', StringComparison.Ordinal)]}/*");
}
