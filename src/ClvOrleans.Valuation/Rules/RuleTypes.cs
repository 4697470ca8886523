namespace ClvOrleans.Valuation.Rules;

/// <summary>Names of types, as messages write them.</summary>
internal static class RuleTypes
{
    public static string Named(this RuleType type) => type switch
    {
        RuleType.Number => "a number",
        RuleType.Money => "money",
        RuleType.Text => "a text",
        RuleType.Bool => "a condition",
        RuleType.Time => "a day",
        _ => "a set",
    };
}
