namespace ClvOrleans.Valuation.Rules.Syntax;

/// <summary>The smallest part of a rule.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="At">Where it begins.</param>
/// <param name="Value">Its text, without quotes; words of the language in lower case.</param>
internal readonly record struct RuleToken(RuleTokenKind Kind, int At, string Value)
{
    public bool Is(string sign) => Kind is RuleTokenKind.Sign or RuleTokenKind.Word && Value == sign;

    /// <summary>As an error message names it.</summary>
    public string Described => Kind switch
    {
        RuleTokenKind.End => "the end of the rule",
        RuleTokenKind.Text => $"the text '{Value}'",
        _ => $"'{Value}'",
    };
}
