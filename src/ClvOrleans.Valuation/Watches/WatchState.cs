using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Valuation.Watches;

/// <summary>How a customer stands with every watch of the store; kept in the customer row.</summary>
/// <param name="Version">The newest definitions by which the customer was looked at.</param>
/// <param name="Standings">By subject; a watch that has never noticed anything of the customer has none.</param>
public sealed record WatchState(WatchVersion Version, ImmutableArray<WatchStanding> Standings)
{
    /// <summary>A customer whom no watch has looked at.</summary>
    public static readonly WatchState None = new(default, []);

    /// <summary>
    /// Whether the latest look was by definitions that are older than <see cref="Version"/>: what is watched newly was not seen then.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsBehind { get; init; }

    /// <summary>The own segments that the customer is in.</summary>
    [JsonIgnore]
    public SegmentSet Segments =>
        SegmentSet.Of(Standings.Where(s => s.Holds && s.Subject.Kind == WatchKind.Segment).Select(s => new SegmentId(s.Subject.Id)));

    /// <summary>What a customer row says of the definitions: another text than that of the present definitions makes it late.</summary>
    [JsonIgnore]
    public string Definitions => IsBehind ? "behind" : Version.ToString();

    /// <summary>Whether nothing has changed since another look.</summary>
    public bool IsSameAs(WatchState other) => Version == other.Version && IsBehind == other.IsBehind
        && Standings.AsSpan().SequenceEqual(other.Standings.AsSpan());

    /// <summary>How the customer stands with a watch; null where it has never noticed anything of them.</summary>
    public WatchStanding? Find(WatchSubject subject)
    {
        foreach (var standing in Standings)
        {
            if (standing.Subject == subject)
            {
                return standing;
            }
        }

        return null;
    }
}
