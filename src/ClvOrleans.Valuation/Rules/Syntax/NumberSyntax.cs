namespace ClvOrleans.Valuation.Rules.Syntax;

/// <summary>A number, such as <c>12.5</c>; never below zero, since a sign is an operator.</summary>
public sealed record NumberSyntax(int At, decimal Value) : RuleSyntax(At);
