using ClvOrleans.Valuation.Rules.Syntax;
using static ClvOrleans.Valuation.Rules.Syntax.RuleOperator;

namespace ClvOrleans.Valuation.Rules;

/// <summary>Comparisons of two operands of one type, as delegates; unknown where either operand is.</summary>
internal static class RuleComparison
{
    public static RuleExpression<T> Of<T>(RuleOperator sign, Func<T, double> left, Func<T, double> right) =>
        RuleExpression<T>.OfBool(sign switch
        {
            Equal => subject => Of(left(subject), right(subject), static (a, b) => a == b),
            NotEqual => subject => Of(left(subject), right(subject), static (a, b) => a != b),
            Less => subject => Of(left(subject), right(subject), static (a, b) => a < b),
            AtMost => subject => Of(left(subject), right(subject), static (a, b) => a <= b),
            Greater => subject => Of(left(subject), right(subject), static (a, b) => a > b),
            _ => subject => Of(left(subject), right(subject), static (a, b) => a >= b),
        });

    public static RuleExpression<T> Of<T>(bool isEqual, Func<T, string?> left, Func<T, string?> right) =>
        RuleExpression<T>.OfBool(subject => left(subject) is { } a && right(subject) is { } b
            ? Of(string.Equals(a, b, StringComparison.Ordinal) == isEqual)
            : Truth.Unknown);

    public static RuleExpression<T> Of<T>(bool isEqual, Func<T, Truth> left, Func<T, Truth> right) => RuleExpression<T>.OfBool(subject =>
        (left(subject), right(subject)) is var (a, b) && a != Truth.Unknown && b != Truth.Unknown ? Of(a == b == isEqual) : Truth.Unknown);

    private static Truth Of(double a, double b, Func<double, double, bool> holds) =>
        double.IsNaN(a) || double.IsNaN(b) ? Truth.Unknown : Of(holds(a, b));

    private static Truth Of(bool holds) => holds ? Truth.True : Truth.False;
}
