using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Rules.Syntax;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Valuation.Watches;

/// <summary>What a store's own segments may be, and the watches that they are.</summary>
public static class SegmentRules
{
    /// <summary>The most own segments of a store.</summary>
    public const int MostSegments = 200;

    /// <summary>The longest description of a segment, in characters.</summary>
    public const int LongestDescription = 1_000;

    /// <summary>Checks a definition that is to be put, or the removal of a segment, against the others of the store.</summary>
    /// <returns>The rule, as the language writes it; the definition's own text where it is removed.</returns>
    /// <exception cref="RuleException">The rule cannot be used: where, why and what to write.</exception>
    /// <exception cref="FormatException">The definition cannot be used: why and what to do.</exception>
    public static string Check(Currency currency, SegmentDefinitions others, SegmentDefinition definition)
    {
        var rest = others.All.Where(d => d.Id != definition.Id).ToImmutableDictionary(d => d.Id);
        if (definition.IsRemoved)
        {
            var asking = rest.Values.Where(d => ReferencesOf(currency, d).Any(r => r.Segment == definition.Id))
                .Select(d => d.Id).Order().ToArray();
            return asking.Length == 0
                ? definition.Rule
                : throw new FormatException(
                    $"Segment {definition.Id} cannot be removed: {string.Join(", ", asking)} ask for it. Change or remove them first.");
        }

        if (rest.Count >= MostSegments)
        {
            throw new FormatException($"A store has at most {MostSegments} own segments. Remove one that is not needed.");
        }

        if (definition.Description.Length > LongestDescription)
        {
            throw new FormatException($"description: at most {LongestDescription:#,##0} characters are allowed.");
        }

        var rule = CustomerRules.For(currency).Parse(definition.Rule);
        foreach (var (segment, at) in SegmentReferences.Of(rule.Syntax, definition.Rule))
        {
            if (segment != definition.Id && !rest.ContainsKey(segment))
            {
                throw new RuleException($"There is no own segment {segment}. {NamesOf(rest.Keys)}", definition.Rule, at);
            }

            if (PathTo(currency, rest, segment, definition.Id) is { } path)
            {
                var circle = string.Join(", which asks for ", path);
                throw new RuleException(
                    $"Segments cannot ask for each other in a circle: {definition.Id} asks for {circle}.", definition.Rule, at);
            }
        }

        return rule.ToString();
    }

    /// <summary>Checks that a rule names only segments that there are.</summary>
    /// <exception cref="RuleException">It names another.</exception>
    public static void CheckNames(SegmentDefinitions segments, Rule<CustomerFacts> rule, string text)
    {
        foreach (var (segment, at) in SegmentReferences.Of(rule.Syntax, text))
        {
            if (!segments.All.Any(d => d.Id == segment))
            {
                throw new RuleException($"There is no own segment {segment}. {NamesOf(segments.All.Select(d => d.Id))}", text, at);
            }
        }
    }

    /// <summary>The watches of segments; <paramref name="unusable"/> is told of a definition that this version of clv cannot
    /// read.</summary>
    public static IEnumerable<Watch> WatchesOf(
        Currency currency, SegmentDefinitions segments, Action<SegmentDefinition, FormatException>? unusable = null)
    {
        var schema = CustomerRules.For(currency);
        foreach (var definition in segments.All)
        {
            RuleWatch watch;
            try
            {
                watch = new RuleWatch(WatchSubject.Of(definition.Id), definition.Revision, schema.Parse(definition.Rule));
            }
            catch (FormatException e)
            {
                unusable?.Invoke(definition, e);
                continue;
            }

            yield return watch;
        }
    }

    // From a segment to the one that is being defined, by what rules ask for.
    private static ImmutableList<SegmentId>? PathTo(
        Currency currency, ImmutableDictionary<SegmentId, SegmentDefinition> segments, SegmentId from, SegmentId to)
    {
        var seen = new HashSet<SegmentId>();
        return Find(from);

        ImmutableList<SegmentId>? Find(SegmentId at)
        {
            if (at == to)
            {
                return [at];
            }

            return seen.Add(at) && segments.TryGetValue(at, out var definition)
                ? ReferencesOf(currency, definition).Select(r => Find(r.Segment)?.Insert(0, at)).FirstOrDefault(path => path is not null)
                : null;
        }
    }

    private static IEnumerable<(SegmentId Segment, int At)> ReferencesOf(Currency currency, SegmentDefinition definition)
    {
        try
        {
            return [.. SegmentReferences.Of(CustomerRules.For(currency).Parse(definition.Rule).Syntax, definition.Rule)];
        }
        catch (FormatException)
        {
            return []; // Of a version of clv that knew more.
        }
    }

    private static string NamesOf(IEnumerable<SegmentId> ids) =>
        ids.Order().Select(id => id.Value).ToArray() is { Length: > 0 } names
            ? $"There are {string.Join(", ", names)}."
            : "There is none yet.";
}
