using ClvOrleans.Domain.Segments;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Rules.Syntax;

namespace ClvOrleans.Valuation.Watches;

/// <summary>The own segments that a rule asks for by name, each with its place in the rule.</summary>
public static class SegmentReferences
{
    /// <summary>The segments that a rule names, in order.</summary>
    /// <param name="rule">The rule's tree.</param>
    /// <param name="text">The rule as written, for the message.</param>
    /// <exception cref="RuleException">It asks for segments otherwise than by <c>'name' in segments</c>.</exception>
    public static IEnumerable<(SegmentId Segment, int At)> Of(RuleSyntax rule, string text) => rule switch
    {
        BinarySyntax { Operator: RuleOperator.In or RuleOperator.NotIn, Right: FieldSyntax { Name: CustomerRules.SegmentsField } } b =>
            [Named(b, text)],
        BinarySyntax b => [.. Of(b.Left, text), .. Of(b.Right, text)],
        UnarySyntax u => Of(u.Operand, text),
        CallSyntax c => Of(c.Argument, text),
        FieldSyntax { Name: CustomerRules.SegmentsField } f =>
            throw new RuleException("Ask for one segment by name: 'vip' in segments.", text, f.At),
        _ => [],
    };

    private static (SegmentId Segment, int At) Named(BinarySyntax node, string text) =>
        node.Left is TextSyntax name && SegmentId.IsValid(name.Value)
        ? (new SegmentId(name.Value), name.At)
        : throw new RuleException("Ask for one segment by its name: 'vip' in segments.", text, node.Left.At);
}
