using System.Collections.Frozen;

namespace ClvOrleans.Valuation.Rules.Syntax;

/// <summary>Words of the language. No field has such a name, in any case.</summary>
internal static class RuleWords
{
    /// <summary>In any case, to lower case.</summary>
    public static FrozenSet<string> Reserved { get; } =
        new[] { "and", "or", "not", "in", "is", "known", "true", "false" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
