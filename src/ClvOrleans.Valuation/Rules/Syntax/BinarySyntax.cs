namespace ClvOrleans.Valuation.Rules.Syntax;

/// <summary>An operator between two operands.</summary>
public sealed record BinarySyntax(int At, RuleOperator Operator, RuleSyntax Left, RuleSyntax Right) : RuleSyntax(At);
