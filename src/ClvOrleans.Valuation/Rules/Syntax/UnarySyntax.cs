namespace ClvOrleans.Valuation.Rules.Syntax;

/// <summary>An operator with one operand.</summary>
public sealed record UnarySyntax(int At, RuleOperator Operator, RuleSyntax Operand) : RuleSyntax(At);
