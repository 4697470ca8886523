using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using static ClvOrleans.Valuation.Rules.Syntax.RuleOperator;

namespace ClvOrleans.Valuation.Rules.Syntax;

/// <summary>
/// Reads a rule by operator precedence (Pratt, Top Down Operator Precedence, 1973). Its bounds hold for any text: nesting cannot end the
/// process, and no rule costs much to evaluate.
/// </summary>
public sealed class RuleParser
{
    /// <summary>Longest rule, in bytes of UTF-8.</summary>
    public const int MostBytes = 4096;

    /// <summary>How deep parentheses, signs, <c>not</c> and arguments may be nested.</summary>
    public const int MostDepth = 64;

    /// <summary>How many operands and operators a rule may have; each text of a set is one.</summary>
    public const int MostNodes = 256;

    private readonly string _text;
    private readonly RuleLexer _lexer;
    private RuleToken _next;
    private int _depth;
    private int _nodes;

    private RuleParser(string text)
    {
        _text = text;
        _lexer = new RuleLexer(text);
        _next = _lexer.Read();
    }

    /// <summary>The tree of a rule. <exception cref="RuleException">It cannot be read.</exception></summary>
    public static RuleSyntax Parse(string text)
    {
        if (text.Length > MostBytes || Encoding.UTF8.GetByteCount(text) > MostBytes)
        {
            throw new RuleException($"The rule has more than {MostBytes} bytes: split it into several segments.", text, 0);
        }

        var parser = new RuleParser(text);
        if (parser._next.Kind == RuleTokenKind.End)
        {
            throw new RuleException("The rule is empty: write a condition, such as predictedValue > 200.", text, 0);
        }

        var rule = parser.Read(0);
        return parser._next.Kind == RuleTokenKind.End
            ? rule
            : throw parser.Error(
                $"The rule should end before {parser._next.Described}: join conditions with 'and' or 'or'.", parser._next.At);
    }

    // What binds more loosely than the strength is left to the caller.
    private RuleSyntax Read(int strength)
    {
        if (++_depth > MostDepth)
        {
            throw Error($"The rule is nested deeper than {MostDepth} levels.", _next.At);
        }

        var left = ReadOperand();
        while (FindOperator() is { } found && found.Operator.Strength() > strength)
        {
            left = ReadAfter(left, found.Operator, found.At);
        }

        _depth--;
        return left;
    }

    private (RuleOperator Operator, int At)? FindOperator() => _next switch
    {
        { Kind: RuleTokenKind.Word, Value: "is" } => (IsKnown, _next.At),
        { Kind: RuleTokenKind.Word, Value: "not" } => (NotIn, _next.At),
        { Kind: RuleTokenKind.Word or RuleTokenKind.Sign } => RuleOperators.Between(_next.Value) is { } known ? (known, _next.At) : null,
        _ => null,
    };

    private RuleSyntax ReadAfter(RuleSyntax left, RuleOperator found, int at)
    {
        Take();
        if (found == IsKnown)
        {
            var negated = TryTake("not");
            Expect("known", "'is' is followed by 'known' or 'not known'");
            left = Count(new UnarySyntax(at, negated ? IsNotKnown : IsKnown, left));
        }
        else
        {
            if (found == NotIn)
            {
                Expect("in", "'not' between two operands is 'not in'");
            }

            left = Count(new BinarySyntax(at, found, left, Read(found.Strength())));
        }

        return IsComparison(found) && FindOperator() is { } chained && IsComparison(chained.Operator)
            ? throw Error("Comparisons cannot be chained: write a < b and b < c.", chained.At)
            : left;
    }

    private static bool IsComparison(RuleOperator it) => it.Strength() == RuleOperators.Comparison;

    private RuleSyntax ReadOperand()
    {
        var token = Take();
        return token switch
        {
            { Kind: RuleTokenKind.Number } => Count(new NumberSyntax(token.At, Number(token))),
            { Kind: RuleTokenKind.Text } => Count(new TextSyntax(token.At, token.Value)),
            { Kind: RuleTokenKind.Time } => Count(new TimeSyntax(token.At, Day(token))),
            _ when token.Is("true") || token.Is("false") => Count(new BoolSyntax(token.At, token.Is("true"))),
            _ when token.Is("not") => Count(new UnarySyntax(token.At, Not, Read(Not.Strength()))),
            _ when token.Is("-") => Count(new UnarySyntax(token.At, Negate, Read(Negate.Strength() - 1))),
            _ when token.Is("(") => ReadParentheses(token),
            _ when token.Is("[") => ReadSet(token),
            { Kind: RuleTokenKind.Word } when !RuleWords.Reserved.Contains(token.Value) => ReadName(token),
            _ => throw Error($"A field, a value or '(' is expected here, not {token.Described}.", token.At),
        };
    }

    private RuleSyntax ReadParentheses(RuleToken open)
    {
        var inner = Read(0);
        return TryTake(")")
            ? inner
            : throw Error($"The parenthesis at column {open.At + 1} is not closed before {_next.Described}.", _next.At);
    }

    private SetSyntax ReadSet(RuleToken open)
    {
        var values = ImmutableArray.CreateBuilder<string>();
        do
        {
            if (values.Count == 0 && TryTake("]"))
            {
                return Count(new SetSyntax(open.At, []));
            }

            var value = Take();
            if (value.Kind != RuleTokenKind.Text)
            {
                throw Error($"A set holds texts in quotes, such as ['DE', 'AT'], not {value.Described}.", value.At);
            }

            values.Add(value.Value);
            CountNode(value.At);
        }
        while (TryTake(","));
        Expect("]", "A set ends with ]");
        return Count(new SetSyntax(open.At, values.ToImmutable()));
    }

    private RuleSyntax ReadName(RuleToken name)
    {
        if (!TryTake("("))
        {
            return Count(new FieldSyntax(name.At, name.Value));
        }

        var argument = Read(0);
        Expect(")", "A function takes one argument and ends with )");
        return Count(new CallSyntax(name.At, name.Value, argument));
    }

    private static DateOnly Day(RuleToken token) => DateOnly.ParseExact(token.Value, RuleLexer.DayForm, CultureInfo.InvariantCulture);

    private decimal Number(RuleToken token) =>
        token.Value.Length <= 28 ? decimal.Parse(token.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
        : throw Error("The number has more than 28 digits.", token.At);

    private T Count<T>(T node)
        where T : RuleSyntax
    {
        CountNode(node.At);
        return node;
    }

    private void CountNode(int at)
    {
        if (++_nodes > MostNodes)
        {
            throw Error($"The rule has more than {MostNodes} operands and operators: split it into several segments.", at);
        }
    }

    private RuleToken Take()
    {
        var token = _next;
        _next = _lexer.Read();
        return token;
    }

    private bool TryTake(string sign)
    {
        var found = _next.Is(sign);
        if (found)
        {
            Take();
        }

        return found;
    }

    private void Expect(string sign, string rule)
    {
        if (!TryTake(sign))
        {
            throw Error($"{rule}, not {_next.Described}.", _next.At);
        }
    }

    private RuleException Error(string message, int at) => new(message, _text, at);
}
