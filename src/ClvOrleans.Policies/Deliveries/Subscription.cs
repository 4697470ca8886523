using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ClvOrleans.Domain.Names;

namespace ClvOrleans.Policies.Deliveries;

/// <summary>An address of the store's own systems that is told of entries, exits and other transitions, and of decisions.</summary>
public sealed record Subscription
{
    /// <summary>The most subscriptions of a store.</summary>
    public const int Most = 100;

    private const string Decisions = "decisions";
    private const string Audience = "audience";

    /// <summary>Its name, 1 to 63 of a-z, 0-9 and '-', a letter first.</summary>
    public required string Id { get; init; }

    /// <summary>Where it is told, an https or http address.</summary>
    public required Uri Url { get; init; }

    /// <summary>
    /// What it is told: <c>segment/vip</c>, <c>segment/*</c>, <c>policy/win-back</c>, <c>policy/*</c> for transitions, <c>decisions</c> for
    /// decisions, <c>decisions/win-back</c> for those of one policy, <c>audience/ads</c> and <c>audience/*</c> for who comes into an
    /// audience of policies and leaves it.
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

    /// <summary>Whether it is told of some transitions.</summary>
    [JsonIgnore]
    public bool FollowsTransitions => Topics.Any(t => !IsDecisions(t) && !IsAudienceTopic(t));

    /// <summary>Whether it is told of the members of some audiences.</summary>
    [JsonIgnore]
    public bool FollowsAudiences => Topics.Any(IsAudienceTopic);

    /// <summary>Whether it is told of some decisions.</summary>
    [JsonIgnore]
    public bool FollowsDecisions => Topics.Any(IsDecisions);

    /// <summary>The audiences that it is told of, null among them for all.</summary>
    [JsonIgnore]
    public IEnumerable<string?> Audiences =>
        Topics.Where(IsAudienceTopic).Select(t => t.Split('/')[1]).Select(a => a == "*" ? null : a);

    /// <summary>Whether a text can be a topic.</summary>
    public static bool IsTopic(string topic) => topic == Decisions
        || topic.Split('/') is ["segment" or "policy" or Audience, "*"]
        || (topic.Split('/') is ["segment" or "policy" or Decisions or Audience, var name] && IsName(name));

    /// <summary>Whether a text can be a name.</summary>
    public static bool IsName(string text) => ShortName.IsValid(text);

    /// <summary>Whether it is told of the transitions of a subject, such as segment/vip.</summary>
    public bool IsToldOf(string subject) => Topics.Contains(subject) || Topics.Contains($"{subject.Split('/')[0]}/*");

    /// <summary>Whether it is told of the members of an audience.</summary>
    public bool IsToldOfAudience(string audience) => Topics.Contains($"{Audience}/{audience}") || Topics.Contains($"{Audience}/*");

    /// <summary>Whether it is told of the decisions of a policy.</summary>
    public bool IsToldOfDecisions(string policy) => Topics.Contains(Decisions) || Topics.Contains($"{Decisions}/{policy}");

    private static bool IsAudienceTopic(string topic) => topic.StartsWith($"{Audience}/", StringComparison.Ordinal);

    private static bool IsDecisions(string topic) => topic == Decisions || topic.StartsWith($"{Decisions}/", StringComparison.Ordinal);
}
