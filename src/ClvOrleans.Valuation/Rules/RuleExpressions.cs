namespace ClvOrleans.Valuation.Rules;

/// <summary>Makes what a schema offers to rules.</summary>
public static class RuleExpressions
{
    /// <summary>A number; not a number where it is not known.</summary>
    public static RuleExpression<T> OfNumber<T>(Func<T, double> read) => RuleExpression<T>.OfNumber(read);

    /// <summary>An amount in minor units of the store's currency; not a number where it is not known.</summary>
    public static RuleExpression<T> OfMoney<T>(Func<T, double> read) => RuleExpression<T>.OfMoney(read);

    /// <summary>A day of the store's calendar; null where it is not known.</summary>
    public static RuleExpression<T> OfTime<T>(Func<T, DateOnly?> read) => RuleExpression<T>.OfTime(read);

    /// <summary>A text; null where it is not known.</summary>
    public static RuleExpression<T> OfText<T>(Func<T, string?> read) => RuleExpression<T>.OfText(read);

    /// <summary>A condition.</summary>
    public static RuleExpression<T> OfBool<T>(Func<T, Truth> read) => RuleExpression<T>.OfBool(read);

    /// <summary>A set of texts; null where it is not known.</summary>
    public static RuleExpression<T> OfSet<T>(Func<T, IReadOnlySet<string>?> read) => RuleExpression<T>.OfSet(read);
}
