namespace ClvOrleans.Valuation.Rules.Syntax;

/// <summary>A field, by its name.</summary>
public sealed record FieldSyntax(int At, string Name) : RuleSyntax(At);
