namespace ClvOrleans.Valuation.Rules;

/// <summary>What can be asked of a customer, compiled: a type, and the delegate of that type.</summary>
/// <typeparam name="T">What rules are asked of.</typeparam>
public sealed class RuleExpression<T>
{
    private readonly Delegate _read;

    private RuleExpression(RuleType type, Delegate read, decimal? constant = null) => (Type, _read, Constant) = (type, read, constant);

    /// <summary>Its type.</summary>
    public RuleType Type { get; }

    /// <summary>The value of a number that is the same for everybody; null for all else.</summary>
    internal decimal? Constant { get; }

    /// <summary>A number, an amount in minor units, or the number of a day; not a number where it is not known.</summary>
    internal Func<T, double> Quantity => (Func<T, double>)_read;

    /// <summary>A text; null where it is not known.</summary>
    internal Func<T, string?> Text => (Func<T, string?>)_read;

    /// <summary>A condition.</summary>
    internal Func<T, Truth> Condition => (Func<T, Truth>)_read;

    /// <summary>A set; null where it is not known.</summary>
    internal Func<T, IReadOnlySet<string>?> Set => (Func<T, IReadOnlySet<string>?>)_read;

    /// <summary>A number; not a number where it is not known.</summary>
    internal static RuleExpression<T> OfNumber(Func<T, double> read) => new(RuleType.Number, read);

    /// <summary>An amount in minor units of the store's currency; not a number where it is not known.</summary>
    internal static RuleExpression<T> OfMoney(Func<T, double> read) => new(RuleType.Money, read);

    /// <summary>A day of the store's calendar; null where it is not known.</summary>
    internal static RuleExpression<T> OfTime(Func<T, DateOnly?> read) => OfDayNumber(subject => read(subject)?.DayNumber ?? double.NaN);

    /// <summary>A text; null where it is not known.</summary>
    internal static RuleExpression<T> OfText(Func<T, string?> read) => new(RuleType.Text, read);

    /// <summary>A condition.</summary>
    internal static RuleExpression<T> OfBool(Func<T, Truth> read) => new(RuleType.Bool, read);

    /// <summary>A set of texts; null where it is not known.</summary>
    internal static RuleExpression<T> OfSet(Func<T, IReadOnlySet<string>?> read) => new(RuleType.Set, read);

    internal static RuleExpression<T> OfConstant(decimal value)
    {
        var number = (double)value;
        return new RuleExpression<T>(RuleType.Number, (Func<T, double>)(_ => number), value);
    }

    internal static RuleExpression<T> OfDayNumber(Func<T, double> read) => new(RuleType.Time, read);

    internal static RuleExpression<T> OfQuantity(RuleType type, Func<T, double> read) => new(type, read);
}
