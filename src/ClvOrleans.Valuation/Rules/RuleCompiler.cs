using System.Collections.Immutable;
using ClvOrleans.Valuation.Rules.Syntax;
using static ClvOrleans.Valuation.Rules.Syntax.RuleOperator;

namespace ClvOrleans.Valuation.Rules;

/// <summary>Checks the types of a rule from its leaves up, and makes a delegate of each node.</summary>
internal sealed class RuleCompiler<T>(string text, RuleSchema<T> schema)
{
    private readonly RuleNames<T> _names = new(text, schema);
    private readonly RuleArithmetic<T> _arithmetic = new(text, schema.Currency);
    private readonly ImmutableArray<TurningPoint<T>>.Builder _turns = ImmutableArray.CreateBuilder<TurningPoint<T>>();

    public Rule<T> Compile()
    {
        var syntax = RuleParser.Parse(text);
        var condition = Condition(syntax);
        return new Rule<T>(syntax, condition, _names.Used, _turns.ToImmutable());
    }

    private RuleExpression<T> Compile(RuleSyntax node) => node switch
    {
        NumberSyntax n => RuleExpression<T>.OfConstant(n.Value),
        TextSyntax t => RuleExpression<T>.OfText(_ => t.Value),
        BoolSyntax b => RuleExpression<T>.OfBool(_ => b.Value ? Truth.True : Truth.False),
        TimeSyntax t => RuleExpression<T>.OfTime(_ => t.Value),
        SetSyntax s => SetOf(s),
        FieldSyntax f => Alone(_names.Moving, _names.FieldOf(f)),
        CallSyntax { Name: RuleNames<T>.NumberFunction } c => NumberOf(c),
        CallSyntax c => _names.CallOf(c),
        UnarySyntax { Operator: Not } u => Negation(Condition(u.Operand)),
        UnarySyntax { Operator: Negate } u => _arithmetic.Negate(u, Compile(u.Operand)),
        UnarySyntax u => Turning(_names.Moving, () => KnownOf(u, Compile(u.Operand))),
        BinarySyntax { Operator: And } b => Both(Condition(b.Left), Condition(b.Right)),
        BinarySyntax { Operator: Or } b => Either(Condition(b.Left), Condition(b.Right)),
        BinarySyntax { Operator: In or NotIn } b => Membership(b, _names.Moving, Compile(b.Left), Compile(b.Right)),
        BinarySyntax { Operator: Add or Subtract or Multiply } b => _arithmetic.Combine(b, Compile(b.Left), Compile(b.Right)),
        BinarySyntax { Operator: Divide } b => _arithmetic.Combine(b, Compile(b.Left), Divisor(b.Right)),
        BinarySyntax b => Compare(b, _names.Moving, Compile(b.Left), Compile(b.Right)),
        _ => throw new ArgumentException($"{node.GetType().Name} is not a node of the language.", nameof(node)),
    };

    // What is divided by may pass zero, where the quotient leaps.
    private RuleExpression<T> Divisor(RuleSyntax node)
    {
        var moving = _names.Moving;
        var divisor = Compile(node);
        _names.Bend(moving);
        return divisor;
    }

    // A condition by itself is compared with nothing.
    private RuleExpression<T> Alone(int moving, RuleExpression<T> field)
    {
        if (field.Type == RuleType.Bool)
        {
            var condition = field.Condition;
            Turn(moving, subject => (double)condition(subject));
        }

        return field;
    }

    private RuleExpression<T> Turning(int moving, Func<RuleExpression<T>> compile)
    {
        var expression = compile();
        var condition = expression.Condition;
        Turn(moving, subject => (double)condition(subject));
        return expression;
    }

    private void Turn(int moving, Func<T, double> side)
    {
        if (_names.PathSince(moving) is not TimePath.Still and var path)
        {
            _turns.Add(new TurningPoint<T>(path, side));
        }
    }

    private static Func<T, double> SideOf(RuleExpression<T> left, RuleExpression<T> right)
    {
        switch (left.Type)
        {
            case RuleType.Text:
                var (one, other) = (left.Text, right.Text);
                return subject => HashCode.Combine(one(subject), other(subject));
            case RuleType.Bool:
                var (first, second) = (left.Condition, right.Condition);
                return subject => ((double)first(subject) * 3) + (double)second(subject);
            default:
                var (a, b) = (left.Quantity, right.Quantity);
                return subject => (a(subject) - b(subject)) is var gap && double.IsNaN(gap) ? 2 : Math.Sign(gap);
        }
    }

    private Func<T, Truth> Condition(RuleSyntax node)
    {
        var expression = Compile(node);
        return expression.Type == RuleType.Bool
            ? expression.Condition
            : throw Error(
                node.At, $"A condition is expected here, such as {RulePrinter.Print(node)} = ..., not {expression.Type.Named()}.");
    }

    private static RuleExpression<T> SetOf(SetSyntax node)
    {
        IReadOnlySet<string> set = node.Values.ToHashSet(StringComparer.Ordinal);
        return RuleExpression<T>.OfSet(_ => set);
    }

    private RuleExpression<T> NumberOf(CallSyntax node)
    {
        var argument = Compile(node.Argument);
        if (argument.Type != RuleType.Text)
        {
            throw Error(node.Argument.At, $"number(...) reads a text, not {argument.Type.Named()}.");
        }

        var read = argument.Text;
        return RuleExpression<T>.OfNumber(subject => RuleNumber.Read(read(subject)));
    }

    private static RuleExpression<T> Negation(Func<T, Truth> of) => RuleExpression<T>.OfBool(subject => (Truth)(Truth.True - of(subject)));

    private static RuleExpression<T> Both(Func<T, Truth> left, Func<T, Truth> right) => RuleExpression<T>.OfBool(subject =>
        left(subject) is var first && first == Truth.False ? Truth.False : Least(first, right(subject)));

    private static RuleExpression<T> Either(Func<T, Truth> left, Func<T, Truth> right) => RuleExpression<T>.OfBool(subject =>
        left(subject) is var first && first == Truth.True ? Truth.True : Greatest(first, right(subject)));

    private static Truth Least(Truth a, Truth b) => a < b ? a : b;

    private static Truth Greatest(Truth a, Truth b) => a > b ? a : b;

    private static RuleExpression<T> KnownOf(UnarySyntax node, RuleExpression<T> operand)
    {
        var whenKnown = node.Operator == IsKnown ? Truth.True : Truth.False;
        var otherwise = node.Operator == IsKnown ? Truth.False : Truth.True;
        switch (operand.Type)
        {
            case RuleType.Text:
                var text = operand.Text;
                return RuleExpression<T>.OfBool(subject => text(subject) is null ? otherwise : whenKnown);
            case RuleType.Set:
                var set = operand.Set;
                return RuleExpression<T>.OfBool(subject => set(subject) is null ? otherwise : whenKnown);
            case RuleType.Bool:
                var condition = operand.Condition;
                return RuleExpression<T>.OfBool(subject => condition(subject) == Truth.Unknown ? otherwise : whenKnown);
            default:
                var quantity = operand.Quantity;
                return RuleExpression<T>.OfBool(subject => double.IsNaN(quantity(subject)) ? otherwise : whenKnown);
        }
    }

    private RuleExpression<T> Membership(BinarySyntax node, int moving, RuleExpression<T> element, RuleExpression<T> set)
    {
        if (element.Type != RuleType.Text || set.Type != RuleType.Set)
        {
            throw Error(
                node.At,
                $"'in' asks whether a text is in a set, such as 'shoes' in categories; here "
                    + $"are {element.Type.Named()} and {set.Type.Named()}.");
        }

        var (find, among) = (element.Text, set.Set);
        Turn(moving, subject => find(subject) is { } one && among(subject) is { } all ? HashCode.Combine(one, all.Contains(one)) : -1);
        var (inside, outside) = node.Operator == In ? (Truth.True, Truth.False) : (Truth.False, Truth.True);
        return RuleExpression<T>.OfBool(subject =>
            among(subject) is { } all && find(subject) is { } one ? all.Contains(one) ? inside : outside : Truth.Unknown);
    }

    private RuleExpression<T> Compare(BinarySyntax node, int moving, RuleExpression<T> left, RuleExpression<T> right)
    {
        var isOrder = node.Operator is not (Equal or NotEqual);
        (left, right) = _arithmetic.Align(node, left, right);
        if (left.Type != right.Type)
        {
            throw Error(node.At, $"'{node.Operator.Sign()}' cannot compare {left.Type.Named()} with {right.Type.Named()}.");
        }

        if (left.Type != RuleType.Set)
        {
            Turn(moving, SideOf(left, right));
        }

        return left.Type switch
        {
            RuleType.Text when !isOrder => RuleComparison.Of(node.Operator == Equal, left.Text, right.Text),
            RuleType.Bool when !isOrder => RuleComparison.Of(node.Operator == Equal, left.Condition, right.Condition),
            RuleType.Number or RuleType.Money or RuleType.Time => RuleComparison.Of(node.Operator, left.Quantity, right.Quantity),
            RuleType.Set => throw Error(
                node.At, $"'{node.Operator.Sign()}' does not compare sets; ask for one text: 'shoes' in categories."),
            _ => throw Error(node.At, $"'{node.Operator.Sign()}' does not compare {left.Type.Named()}; only = and != do."),
        };
    }

    private RuleException Error(int at, string message) => new(message, text, at);
}
