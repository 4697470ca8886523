using System.Globalization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Rules.Syntax;
using static ClvOrleans.Valuation.Rules.Syntax.RuleOperator;

namespace ClvOrleans.Valuation.Rules;

/// <summary>
/// Sums and products of numbers, amounts and days. What is divided by zero, or is beyond any number, is not known; where the rule itself
/// says so, it is refused.
/// </summary>
internal sealed class RuleArithmetic<T>(string text, Currency currency)
{
    public RuleExpression<T> Negate(UnarySyntax node, RuleExpression<T> operand)
    {
        if (operand.Constant is { } constant)
        {
            return RuleExpression<T>.OfConstant(-constant);
        }

        var read = operand.Type is RuleType.Number or RuleType.Money
            ? operand.Quantity
            : throw Error(node.At, $"'-' needs a number or money, not {operand.Type.Named()}.");
        return RuleExpression<T>.OfQuantity(operand.Type, subject => -read(subject));
    }

    public RuleExpression<T> Combine(BinarySyntax node, RuleExpression<T> left, RuleExpression<T> right)
    {
        if (node.Operator == Divide && right.Constant == 0)
        {
            throw Error(node.At, "This divides by zero.");
        }

        if (left.Constant is { } a && right.Constant is { } b)
        {
            return RuleExpression<T>.OfConstant(Constant(node, a, b));
        }

        if (node.Operator is Add or Subtract)
        {
            (left, right) = Align(node, left, right);
        }

        var type = TypeOf(node.Operator, left.Type, right.Type)
            ?? throw Error(node.At, $"'{node.Operator.Sign()}' cannot combine {left.Type.Named()} with {right.Type.Named()}.");
        var (first, second) = (left.Quantity, right.Quantity);
        return RuleExpression<T>.OfQuantity(type, node.Operator switch
        {
            Add => subject => Finite(first(subject) + second(subject)),
            Subtract => subject => Finite(first(subject) - second(subject)),
            Multiply => subject => Finite(first(subject) * second(subject)),
            _ => subject => Finite(first(subject) / second(subject)),
        });
    }

    /// <summary>Two operands of one type, where a written number beside an amount is an amount in major units.</summary>
    public (RuleExpression<T> Left, RuleExpression<T> Right) Align(BinarySyntax node, RuleExpression<T> left, RuleExpression<T> right) =>
        (left.Type, right.Type) switch
        {
            (RuleType.Money, RuleType.Number) => (left, AmountOf(node.Right, right)),
            (RuleType.Number, RuleType.Money) => (AmountOf(node.Left, left), right),
            _ => (left, right),
        };

    private RuleExpression<T> AmountOf(RuleSyntax node, RuleExpression<T> number)
    {
        if (number.Constant is not { } major)
        {
            throw Error(
                node.At,
                $"{RulePrinter.Print(node)} is a number and the other side is money: only an amount can be compared with or added to "
                    + "money.");
        }

        if (decimal.Abs(major) > Currency.GreatestOrder * 1_000_000m)
        {
            throw Error(node.At, "The amount is too large.");
        }

        if (decimal.Round(major, currency.Decimals) != major)
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"{currency.Code} has {currency.Decimals} decimals; write no more.");
            throw Error(node.At, message);
        }

        var minor = (double)currency.Round(major).Minor;
        return RuleExpression<T>.OfMoney(_ => minor);
    }

    private decimal Constant(BinarySyntax node, decimal a, decimal b)
    {
        try
        {
            return node.Operator switch { Add => a + b, Subtract => a - b, Multiply => a * b, _ => a / b };
        }
        catch (OverflowException)
        {
            throw Error(node.At, "The result is too large.");
        }
    }

    private static RuleType? TypeOf(RuleOperator sign, RuleType left, RuleType right) => (sign, left, right) switch
    {
        (Add or Subtract, RuleType.Number, RuleType.Number) => RuleType.Number,
        (Add or Subtract, RuleType.Money, RuleType.Money) => RuleType.Money,
        (Add or Subtract, RuleType.Time, RuleType.Number) => RuleType.Time,
        (Add, RuleType.Number, RuleType.Time) => RuleType.Time,
        (Subtract, RuleType.Time, RuleType.Time) => RuleType.Number,
        (Multiply or Divide, RuleType.Number, RuleType.Number) => RuleType.Number,
        (Multiply or Divide, RuleType.Money, RuleType.Number) => RuleType.Money,
        (Multiply, RuleType.Number, RuleType.Money) => RuleType.Money,
        (Divide, RuleType.Money, RuleType.Money) => RuleType.Number,
        _ => null,
    };

    private static double Finite(double value) => double.IsFinite(value) ? value : double.NaN;

    private RuleException Error(int at, string message) => new(message, text, at);
}
