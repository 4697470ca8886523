namespace ClvOrleans.Valuation.Rules.Syntax;

/// <summary>A text, such as <c>'shoes'</c>.</summary>
public sealed record TextSyntax(int At, string Value) : RuleSyntax(At);
