namespace ClvOrleans.Valuation.Rules.Syntax;

/// <summary>A function of one argument, such as <c>trait('plan')</c>.</summary>
public sealed record CallSyntax(int At, string Name, RuleSyntax Argument) : RuleSyntax(At);
