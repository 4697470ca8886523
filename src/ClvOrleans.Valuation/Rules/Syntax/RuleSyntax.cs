namespace ClvOrleans.Valuation.Rules.Syntax;

/// <summary>A node of a rule's tree.</summary>
/// <param name="At">Where it begins in the text, from 0; of an operator between two operands, where the operator stands.</param>
public abstract record RuleSyntax(int At);
