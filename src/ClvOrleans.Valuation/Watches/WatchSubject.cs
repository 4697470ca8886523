using System.Text.Json.Serialization;
using ClvOrleans.Domain.Names;
using ClvOrleans.Domain.Segments;

namespace ClvOrleans.Valuation.Watches;

/// <summary>Who watches: an own segment or a policy, by name. Written <c>segment/vip</c> or <c>policy/win-back</c>.</summary>
/// <param name="Kind">Segment or policy.</param>
/// <param name="Id">Its name.</param>
[JsonConverter(typeof(WatchSubjectJsonConverter))]
public readonly record struct WatchSubject(WatchKind Kind, string Id) : IComparable<WatchSubject>
{
    private const string SegmentPrefix = "segment/";
    private const string PolicyPrefix = "policy/";

    /// <summary>An own segment.</summary>
    public static WatchSubject Of(SegmentId segment) => new(WatchKind.Segment, segment.Value);

    /// <summary>The inverse of <see cref="ToString"/>.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static WatchSubject Parse(string text) =>
        text.StartsWith(SegmentPrefix, StringComparison.Ordinal) ? new(WatchKind.Segment, text[SegmentPrefix.Length..])
        : text.StartsWith(PolicyPrefix, StringComparison.Ordinal) ? new(WatchKind.Policy, text[PolicyPrefix.Length..])
        : throw new FormatException($"'{text}' watches nothing: segment/NAME or policy/NAME was expected.");

    /// <summary>Ordinal order, segments first.</summary>
    public int CompareTo(WatchSubject other) => Kind == other.Kind ? string.CompareOrdinal(Id, other.Id) : Kind.CompareTo(other.Kind);

    /// <inheritdoc />
    public override string ToString() => (Kind == WatchKind.Segment ? SegmentPrefix : PolicyPrefix) + Id;

    /// <summary>Ordinal order.</summary>
    public static bool operator <(WatchSubject left, WatchSubject right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >(WatchSubject left, WatchSubject right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator <=(WatchSubject left, WatchSubject right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >=(WatchSubject left, WatchSubject right) => left.CompareTo(right) >= 0;

    internal sealed class WatchSubjectJsonConverter() : NameJsonConverter<WatchSubject>(Parse, subject => subject.ToString());
}
