using System.Collections.Immutable;

namespace ClvOrleans.Valuation.Rules.Syntax;

/// <summary>A set of texts, such as <c>['DE', 'AT']</c>.</summary>
public sealed record SetSyntax(int At, ImmutableArray<string> Values) : RuleSyntax(At);
