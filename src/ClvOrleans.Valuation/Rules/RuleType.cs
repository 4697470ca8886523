namespace ClvOrleans.Valuation.Rules;

/// <summary>The type of an expression in a rule.</summary>
public enum RuleType
{
    /// <summary>A count, a share, a score, or a number of days.</summary>
    Number,

    /// <summary>An amount of the store's currency; a plain number beside one is an amount in major units.</summary>
    Money,

    /// <summary>Text, compared exactly.</summary>
    Text,

    /// <summary>A condition.</summary>
    Bool,

    /// <summary>A day of the store's calendar, such as <c>2026-01-31</c>.</summary>
    Time,

    /// <summary>A set of texts.</summary>
    Set,
}
