using System.Collections.Immutable;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Rules.Syntax;
using static ClvOrleans.Valuation.Rules.Syntax.RuleOperator;

namespace ClvOrleans.Valuation.Tests.Rules;

/// <summary>Random rules of right types on <see cref="Shopper"/>, and random shoppers, from a seed.</summary>
internal sealed class RandomRules(int seed)
{
    private static readonly string[] Texts = ["DE", "AT", "shoes", "it's", "", "7", "\"", "ä\n"];
    private readonly Random _random = new(seed);

    public RuleSyntax Condition(int depth = 4) => depth == 0 || Chance(.2) ? AtomicCondition() : _random.Next(8) switch
    {
        0 or 1 => Binary(And, Condition(depth - 1), Condition(depth - 1)),
        2 or 3 => Binary(Or, Condition(depth - 1), Condition(depth - 1)),
        4 => new UnarySyntax(0, Not, Condition(depth - 1)),
        5 => Binary(Chance(.5) ? Equal : NotEqual, Condition(depth - 1), Condition(depth - 1)),
        6 => new UnarySyntax(0, Chance(.5) ? IsKnown : IsNotKnown, Anything(depth - 1)),
        _ => Comparison(depth - 1),
    };

    public Shopper Shopper() => new()
    {
        Orders = Maybe(() => _random.Next(-2, 4)),
        Visits = Maybe(() => _random.Next(-2, 4)),
        Spend = Maybe<long>(() => _random.Next(-2, 4) * 100),
        PredictedValue = Maybe<long>(() => _random.Next(-2, 4) * 100),
        Country = Chance(.7) ? Text() : null,
        Plan = Chance(.7) ? Text() : null,
        IsMember = Maybe(() => Chance(.5)),
        LastSeen = Maybe(Day),
        Today = Maybe(Day),
        Categories = Chance(.7) ? Enumerable.Range(0, _random.Next(3)).Select(_ => Text()).ToHashSet() : null,
    };

    private RuleSyntax Anything(int depth) => _random.Next(6) switch
    {
        0 => Number(depth),
        1 => Money(depth),
        2 => Time(depth),
        3 => TextOperand(),
        4 => new FieldSyntax(0, "categories"),
        _ => Condition(depth),
    };

    private RuleSyntax AtomicCondition() => _random.Next(3) switch
    {
        0 => new BoolSyntax(0, Chance(.5)),
        1 => new FieldSyntax(0, "isMember"),
        _ => Comparison(1),
    };

    private BinarySyntax Comparison(int depth)
    {
        RuleOperator[] orders = [Equal, NotEqual, Less, AtMost, Greater, AtLeast];
        var sign = orders[_random.Next(orders.Length)];
        return _random.Next(6) switch
        {
            0 => Binary(sign, Number(depth), Number(depth)),
            1 => Binary(sign, Money(depth), Chance(.5) ? Money(depth) : Amount()),
            2 => Binary(sign, Amount(), Money(depth)),
            3 => Binary(sign, Time(depth), Time(depth)),
            4 => Binary(Chance(.5) ? Equal : NotEqual, TextOperand(), TextOperand()),
            _ => Binary(Chance(.5) ? In : NotIn, TextOperand(), Set()),
        };
    }

    // What is divided by is never zero in the rule itself.
    private RuleSyntax Number(int depth) => depth <= 0 ? AtomicNumber() : _random.Next(6) switch
    {
        0 => new UnarySyntax(0, Negate, Number(depth - 1)),
        1 => Binary(Divide, Number(depth - 1), Field("orders", "visits")),
        2 => Binary(Divide, Money(depth - 1), Money(0)),
        3 => Binary(Subtract, Time(depth - 1), Time(depth - 1)),
        4 => new CallSyntax(0, "number", TextOperand()),
        _ => Binary(Chance(.5) ? Add : Chance(.5) ? Subtract : Multiply, Number(depth - 1), Number(depth - 1)),
    };

    private RuleSyntax Money(int depth) => depth <= 0 ? Field("spend", "predictedValue") : _random.Next(5) switch
    {
        0 => new UnarySyntax(0, Negate, Money(depth - 1)),
        1 => Binary(Multiply, Money(depth - 1), Number(depth - 1)),
        2 => Binary(Divide, Money(depth - 1), Field("orders", "visits")),
        3 => Binary(Chance(.5) ? Add : Subtract, Money(depth - 1), Amount()),
        _ => Binary(Chance(.5) ? Add : Subtract, Money(depth - 1), Money(depth - 1)),
    };

    private RuleSyntax Time(int depth) => depth <= 0 || Chance(.5)
        ? Chance(.5) ? new TimeSyntax(0, Day()) : Field("lastSeen", "today")
        : Binary(Chance(.5) ? Add : Subtract, Time(depth - 1), AtomicNumber());

    private RuleSyntax AtomicNumber() => Chance(.5) ? new NumberSyntax(0, _random.Next(4) * .5m) : Field("orders", "visits");

    private NumberSyntax Amount() => new(0, _random.Next(4) * .5m);

    private RuleSyntax TextOperand() => _random.Next(3) switch
    {
        0 => new TextSyntax(0, Text()),
        1 => new FieldSyntax(0, "country"),
        _ => new CallSyntax(0, "trait", new TextSyntax(0, "plan")),
    };

    private RuleSyntax Set() => Chance(.5)
        ? new FieldSyntax(0, "categories")
        : new SetSyntax(0, [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Text())]);

    private FieldSyntax Field(params string[] names) => new(0, names[_random.Next(names.Length)]);

    private static BinarySyntax Binary(RuleOperator sign, RuleSyntax left, RuleSyntax right) => new(0, sign, left, right);

    private string Text() => Texts[_random.Next(Texts.Length)];

    private DateOnly Day() => new DateOnly(2026, 1, 1).AddDays(_random.Next(4));

    private bool Chance(double of) => _random.NextDouble() < of;

    private TValue? Maybe<TValue>(Func<TValue> value)
        where TValue : struct => Chance(.75) ? value() : null;
}
