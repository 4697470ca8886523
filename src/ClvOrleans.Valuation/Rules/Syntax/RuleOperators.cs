using static ClvOrleans.Valuation.Rules.Syntax.RuleOperator;

namespace ClvOrleans.Valuation.Rules.Syntax;

/// <summary>How operators are written, and how tightly they bind.</summary>
internal static class RuleOperators
{
    /// <summary>The strength of everything that needs no parentheses.</summary>
    public const int Atom = 8;

    /// <summary>The strength of comparisons, which cannot be chained.</summary>
    public const int Comparison = 4;

    /// <summary>How tightly an operator binds: 1 for <c>or</c>, 7 for a sign.</summary>
    public static int Strength(this RuleOperator it) => it switch
    {
        Or => 1,
        And => 2,
        Not => 3,
        Add or Subtract => 5,
        Multiply or Divide => 6,
        Negate => 7,
        _ => Comparison,
    };

    /// <summary>As the language writes it.</summary>
    public static string Sign(this RuleOperator it) => it switch
    {
        Or => "or",
        And => "and",
        Not => "not",
        Equal => "=",
        NotEqual => "!=",
        Less => "<",
        AtMost => "<=",
        Greater => ">",
        AtLeast => ">=",
        In => "in",
        NotIn => "not in",
        IsKnown => "is known",
        IsNotKnown => "is not known",
        Add => "+",
        Subtract or Negate => "-",
        Multiply => "*",
        _ => "/",
    };

    /// <summary>The operator between two operands that a sign or word stands for; null for none.</summary>
    public static RuleOperator? Between(string sign) => sign switch
    {
        "or" or "||" => Or,
        "and" or "&&" => And,
        "=" or "==" => Equal,
        "!=" or "<>" => NotEqual,
        "<" => Less,
        "<=" => AtMost,
        ">" => Greater,
        ">=" => AtLeast,
        "in" => In,
        "+" => Add,
        "-" => Subtract,
        "*" => Multiply,
        "/" => Divide,
        _ => null,
    };
}
