namespace ClvOrleans.Valuation.Rules.Syntax;

/// <summary>A day, such as <c>2026-01-31</c>.</summary>
public sealed record TimeSyntax(int At, DateOnly Value) : RuleSyntax(At);
