using System.Collections.Immutable;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Segments;

namespace ClvOrleans.Valuation.Segments;

/// <summary>The own segments that a customer is in. Equal sets are equal, and customers of equal sets share one text.</summary>
public readonly record struct SegmentSet
{
    private const int MostShared = 10_000;
    private static readonly BoundedCache<string, string> Shared = new(MostShared, StringComparer.Ordinal);
    private readonly string? _text;

    private SegmentSet(string text) => _text = text;

    /// <summary>The names, in order, parted by spaces: as customer rows hold them.</summary>
    public string Text => _text ?? "";

    /// <summary>Whether the customer is in none.</summary>
    public bool IsEmpty => Text.Length == 0;

    /// <summary>The segments, by name.</summary>
    public ImmutableArray<SegmentId> Ids => IsEmpty ? [] : [.. Text.Split(' ').Select(id => new SegmentId(id))];

    /// <summary>Whether the customer is in a segment.</summary>
    public bool Contains(SegmentId segment) => !IsEmpty && Ids.Contains(segment);

    /// <summary>The set of these segments.</summary>
    public static SegmentSet Of(IEnumerable<SegmentId> ids) => Parse(string.Join(' ', ids.Distinct().Order()));

    /// <summary>The inverse of <see cref="Text"/>. Most customers have one of a handful of sets, whose texts are kept once.</summary>
    public static SegmentSet Parse(string text)
    {
        return text.Length == 0 ? default : new SegmentSet(Shared.TryGet(text, out var known) ? known : Shared.Add(text, text));
    }

    /// <inheritdoc />
    public override string ToString() => Text;
}
