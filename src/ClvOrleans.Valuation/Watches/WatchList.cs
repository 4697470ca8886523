using System.Collections.Immutable;
using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Valuation.Watches;

/// <summary>All that is watched in a store, compiled. Immutable, and safe to use from any thread.</summary>
public sealed class WatchList
{
    /// <summary>A store where nothing was ever defined.</summary>
    public static readonly WatchList None = new(default, []);

    // Segments before those whose rules ask for them, then everything else.
    private readonly int[] _order;
    private readonly bool _hasReferences;

    /// <summary>Makes a list.</summary>
    /// <param name="version">The definitions that it holds.</param>
    /// <param name="watches">The watches, each subject once; the rules of segments ask for each other in no circle.</param>
    public WatchList(WatchVersion version, IEnumerable<Watch> watches)
    {
        (Version, Watches) = (version, [.. watches.OrderBy(w => w.Subject)]);
        var asked = Watches.Select(w => w.Rule is { } rule ? SegmentReferences.Of(rule.Syntax, rule.ToString()).ToArray() : []).ToArray();
        _hasReferences = asked.Any(a => a.Length > 0);
        _order = new int[Watches.Length];
        var (places, done, next) = (new Dictionary<WatchSubject, int>(), new bool[Watches.Length], 0);
        for (var i = 0; i < Watches.Length; i++)
        {
            places.Add(Watches[i].Subject, i);
        }

        for (var i = 0; i < Watches.Length; i++)
        {
            Add(i);
        }

        TurningPoints = [.. Watches.Where(w => w is not EventWatch && w.Rule is not null).SelectMany(w => w.Rule!.TurningPoints)];
        Values = [.. Watches.OfType<ValueWatch>()];
        IsOfSegments = Watches.All(w => w is RuleWatch { Subject.Kind: WatchKind.Segment });
        Definitions = version.ToString();

        void Add(int place)
        {
            if (done[place])
            {
                return;
            }

            done[place] = true;
            foreach (var (segment, _) in asked[place])
            {
                if (places.TryGetValue(WatchSubject.Of(segment), out var before))
                {
                    Add(before);
                }
            }

            _order[next++] = place;
        }
    }

    /// <summary>The definitions that it holds.</summary>
    public WatchVersion Version { get; }

    /// <summary>The watches, by subject.</summary>
    public ImmutableArray<Watch> Watches { get; }

    /// <summary>Whether a watch may turn as days pass, without an event.</summary>
    public bool MovesWithTime => !TurningPoints.IsEmpty || !Values.IsEmpty;

    /// <summary>What customer rows say of the version.</summary>
    public string Definitions { get; }

    /// <summary>Whether nothing but own segments is watched.</summary>
    internal bool IsOfSegments { get; }

    /// <summary>Where the rules may turn as days pass.</summary>
    internal ImmutableArray<TurningPoint<CustomerFacts>> TurningPoints { get; }

    /// <summary>The watches of values.</summary>
    internal ImmutableArray<ValueWatch> Values { get; }

    /// <summary>
    /// Whether the rule of each watch holds for a customer, in the order of <see cref="Watches"/>; true for a watch without one. Rules that
    /// ask for own segments see those of this evaluation, and so does whoever asks the facts afterwards.
    /// </summary>
    public ImmutableArray<bool> Evaluate(CustomerFacts facts)
    {
        var holds = new bool[Watches.Length];
        var segments = _hasReferences ? new HashSet<string>(StringComparer.Ordinal) : null;
        if (segments is not null)
        {
            facts.Segments = segments;
        }

        foreach (var place in _order)
        {
            var watch = Watches[place];
            holds[place] = watch.Rule?.Holds(facts) ?? true;
            if (holds[place] && watch is { Subject.Kind: WatchKind.Segment })
            {
                segments?.Add(watch.Subject.Id);
            }
        }

        return System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(holds);
    }
}
