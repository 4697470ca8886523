namespace ClvOrleans.Valuation.Rules.Syntax;

/// <summary><c>true</c> or <c>false</c>.</summary>
public sealed record BoolSyntax(int At, bool Value) : RuleSyntax(At);
