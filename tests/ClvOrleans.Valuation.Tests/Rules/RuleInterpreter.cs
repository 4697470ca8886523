using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Rules.Syntax;
using static ClvOrleans.Valuation.Rules.Syntax.RuleOperator;

namespace ClvOrleans.Valuation.Tests.Rules;

/// <summary>
/// What a rule says, read off its tree with boxed values and null for what is not known: written independently of the compiler, to check
/// it. Amounts are numbers in cents; a written number is turned into cents where its sibling is money.
/// </summary>
internal static class RuleInterpreter
{
    private static readonly string[] MoneyFields = ["spend", "predictedValue"];

    public static Truth Evaluate(RuleSyntax rule, Shopper shopper) => Value(rule, shopper) switch
    {
        null => Truth.Unknown,
        true => Truth.True,
        _ => Truth.False,
    };

    private static object? Value(RuleSyntax node, Shopper s)
    {
        switch (node)
        {
            case NumberSyntax n:
                return (double)n.Value;
            case TextSyntax t:
                return t.Value;
            case BoolSyntax b:
                return b.Value;
            case TimeSyntax t:
                return (double)t.Value.DayNumber;
            case SetSyntax set:
                return set.Values.ToHashSet();
            case FieldSyntax f:
                return Field(f.Name, s);
            case CallSyntax { Name: "trait" }:
                return s.Plan;
            case CallSyntax c:
                return Value(c.Argument, s) is "7" ? 7.0 : null;
            case UnarySyntax { Operator: IsKnown } u:
                return Value(u.Operand, s) is not null;
            case UnarySyntax { Operator: IsNotKnown } u:
                return Value(u.Operand, s) is null;
            case UnarySyntax u:
                return Value(u.Operand, s) switch { null => null, bool b => !b, var number => -(double)number };
            case BinarySyntax { Operator: And } b:
                return (Value(b.Left, s), Value(b.Right, s)) switch
                {
                    (false, _) or (_, false) => false,
                    (null, _) or (_, null) => null,
                    _ => true,
                };
            case BinarySyntax { Operator: Or } b:
                return (Value(b.Left, s), Value(b.Right, s)) switch
                {
                    (true, _) or (_, true) => true,
                    (null, _) or (_, null) => null,
                    _ => false,
                };
            case BinarySyntax b:
                var (left, right) = (Operand(b, b.Left, b.Right, s), Operand(b, b.Right, b.Left, s));
                return left is null || right is null ? null : Combine(b.Operator, left, right);
            default:
                throw new InvalidOperationException(node.ToString());
        }
    }

    private static object? Operand(BinarySyntax parent, RuleSyntax node, RuleSyntax sibling, Shopper s) =>
        Value(node, s) is double number && parent.Operator is not (Multiply or Divide) && !IsMoney(node) && IsMoney(sibling)
            ? number * 100
            : Value(node, s);

    private static object? Combine(RuleOperator sign, object left, object right) => (sign, left, right) switch
    {
        (Equal, _, _) => left.Equals(right),
        (NotEqual, _, _) => !left.Equals(right),
        (In, string x, HashSet<string> set) => set.Contains(x),
        (NotIn, string x, HashSet<string> set) => !set.Contains(x),
        (Less, double x, double y) => x < y,
        (AtMost, double x, double y) => x <= y,
        (Greater, double x, double y) => x > y,
        (AtLeast, double x, double y) => x >= y,
        (Add, double x, double y) => x + y,
        (Subtract, double x, double y) => x - y,
        (Multiply, double x, double y) => x * y,
        (Divide, double, 0.0) => null,
        (Divide, double x, double y) => x / y,
        _ => throw new InvalidOperationException($"{left} {sign} {right}"),
    };

    private static bool IsMoney(RuleSyntax node) => node switch
    {
        FieldSyntax f => MoneyFields.Contains(f.Name),
        UnarySyntax { Operator: Negate } u => IsMoney(u.Operand),
        BinarySyntax { Operator: Divide } b => IsMoney(b.Left) && !IsMoney(b.Right),
        BinarySyntax { Operator: Add or Subtract or Multiply } b => IsMoney(b.Left) || IsMoney(b.Right),
        _ => false,
    };

    private static object? Field(string name, Shopper s) => name switch
    {
        "orders" => s.Orders,
        "visits" => s.Visits,
        "spend" => s.Spend is { } cents ? (double)cents : null,
        "predictedValue" => s.PredictedValue is { } cents ? (double)cents : null,
        "country" => s.Country,
        "isMember" => s.IsMember,
        "lastSeen" => s.LastSeen is { } day ? (double)day.DayNumber : null,
        "today" => s.Today is { } day ? (double)day.DayNumber : null,
        _ => s.Categories,
    };
}
