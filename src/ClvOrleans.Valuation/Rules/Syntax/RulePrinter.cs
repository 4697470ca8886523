using System.Globalization;

namespace ClvOrleans.Valuation.Rules.Syntax;

/// <summary>Writes a tree as text, with no more parentheses than it needs; reading that gives the same tree.</summary>
public static class RulePrinter
{
    /// <summary>The text of a tree.</summary>
    public static string Print(RuleSyntax node) => node switch
    {
        NumberSyntax n => n.Value.ToString(CultureInfo.InvariantCulture),
        TextSyntax t => Quote(t.Value),
        BoolSyntax b => b.Value ? "true" : "false",
        TimeSyntax t => t.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        SetSyntax s => $"[{string.Join(", ", s.Values.Select(Quote))}]",
        FieldSyntax f => f.Name,
        CallSyntax c => $"{c.Name}({Print(c.Argument)})",
        UnarySyntax { Operator: RuleOperator.IsKnown or RuleOperator.IsNotKnown } u =>
            $"{Print(u.Operand, RuleOperators.Comparison + 1)} {u.Operator.Sign()}",
        UnarySyntax { Operator: RuleOperator.Not } u => $"not {Print(u.Operand, u.Operator.Strength())}",
        UnarySyntax u => $"-{Print(u.Operand, u.Operator.Strength())}",
        BinarySyntax b => $"{Print(b.Left, LeastOfLeft(b.Operator))} {b.Operator.Sign()} {Print(b.Right, b.Operator.Strength() + 1)}",
        _ => throw new ArgumentException($"{node.GetType().Name} is not a node of the language.", nameof(node)),
    };

    private static string Print(RuleSyntax node, int strength) => StrengthOf(node) < strength ? $"({Print(node)})" : Print(node);

    // Operators of equal strength are read from the left, and comparisons are not chained.
    private static int LeastOfLeft(RuleOperator it) => it.Strength() + (it.Strength() == RuleOperators.Comparison ? 1 : 0);

    private static int StrengthOf(RuleSyntax node) => node switch
    {
        UnarySyntax u => u.Operator.Strength(),
        BinarySyntax b => b.Operator.Strength(),
        _ => RuleOperators.Atom,
    };

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
