namespace ClvOrleans.Valuation.Rules.Syntax;

internal enum RuleTokenKind
{
    Number,
    Text,
    Time,
    Word,
    Sign,
    End,
}
