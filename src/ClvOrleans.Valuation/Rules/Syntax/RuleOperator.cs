namespace ClvOrleans.Valuation.Rules.Syntax;

/// <summary>The operators of the rule language, from those that bind loosest.</summary>
public enum RuleOperator
{
    /// <summary><c>or</c>.</summary>
    Or,

    /// <summary><c>and</c>.</summary>
    And,

    /// <summary><c>not</c>.</summary>
    Not,

    /// <summary><c>=</c>.</summary>
    Equal,

    /// <summary><c>!=</c>.</summary>
    NotEqual,

    /// <summary><c>&lt;</c>.</summary>
    Less,

    /// <summary><c>&lt;=</c>.</summary>
    AtMost,

    /// <summary><c>&gt;</c>.</summary>
    Greater,

    /// <summary><c>&gt;=</c>.</summary>
    AtLeast,

    /// <summary><c>in</c>.</summary>
    In,

    /// <summary><c>not in</c>.</summary>
    NotIn,

    /// <summary><c>is known</c>, after its operand.</summary>
    IsKnown,

    /// <summary><c>is not known</c>, after its operand.</summary>
    IsNotKnown,

    /// <summary><c>+</c>.</summary>
    Add,

    /// <summary><c>-</c> between two operands.</summary>
    Subtract,

    /// <summary><c>*</c>.</summary>
    Multiply,

    /// <summary><c>/</c>.</summary>
    Divide,

    /// <summary><c>-</c> before an operand.</summary>
    Negate,
}
