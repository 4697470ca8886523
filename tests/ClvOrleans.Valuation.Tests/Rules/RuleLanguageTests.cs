using System.Text;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Rules.Syntax;

namespace ClvOrleans.Valuation.Tests.Rules;

/// <summary>Properties of the language, over random rules.</summary>
public sealed class RuleLanguageTests
{
    private const int Rules = 5_000;

    [Fact]
    public void What_is_printed_is_read_as_the_same_tree()
    {
        for (var seed = 0; seed < Rules; seed++)
        {
            var tree = new RandomRules(seed).Condition();
            var text = RulePrinter.Print(tree);
            if (Encoding.UTF8.GetByteCount(text) <= RuleParser.MostBytes && Nodes(tree) <= RuleParser.MostNodes)
            {
                Assert.Equal(Shape(tree), Shape(RuleParser.Parse(text)));
                Assert.Equal(text, RulePrinter.Print(RuleParser.Parse(text)));
            }
        }
    }

    [Fact]
    public void The_compiled_rule_says_what_an_independent_interpreter_says()
    {
        var told = new int[3];
        for (var seed = 0; seed < Rules; seed++)
        {
            var random = new RandomRules(seed);
            var tree = random.Condition(3);
            var rule = Shopper.Schema.Parse(RulePrinter.Print(tree));
            for (var i = 0; i < 20; i++)
            {
                var shopper = random.Shopper();
                var truth = rule.Evaluate(shopper);
                told[(int)truth]++;
                Assert.True(RuleInterpreter.Evaluate(tree, shopper) == truth, $"seed {seed}: {rule} of {shopper} is {truth}");
            }
        }

        Assert.All(told, count => Assert.True(count > Rules));
    }

    [Fact]
    public void Whatever_is_written_is_a_rule_or_is_refused_with_its_place()
    {
        string[] parts =
        [
            "orders", "spend", "country", "categories", "today", "isMember", "trait", "number", "(", ")", "[", "]", ",", "'", "\"", "'x'",
            "1", "2.5", "2026-01-31",
            "2026-13-01", "and", "or", "not", "in", "is", "known", "=", "<", ">=", "!=", "+", "-", "*", "/", "true",
            "\0", "\uD800", "é", "%", ".", "_", "\n", "0",
        ];
        var random = new Random(5);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 20 * Rules; i++)
        {
            var chosen = Enumerable.Range(0, random.Next(1, 12)).Select(_ => parts[random.Next(parts.Length)]);
            var text = string.Join(random.Next(3) == 0 ? "" : " ", chosen);
            try
            {
                Assert.True(Enum.IsDefined(Shopper.Schema.Parse(text).Evaluate(new Shopper { Orders = 1 })));
                read++;
            }
            catch (RuleException e)
            {
                Assert.Matches("[.?]$", e.Message);
                Assert.InRange(e.Line, 1, text.Count(c => c == '\n') + 1);
                Assert.InRange(e.Column, 1, text.Split('\n')[e.Line - 1].Length + 1);
                Assert.EndsWith("^", e.Excerpt, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.True(read > 100 && refused > 100, $"{read} read, {refused} refused");
    }

    // The tree without places.
    private static string Shape(RuleSyntax node) => node switch
    {
        UnarySyntax u => $"({u.Operator} {Shape(u.Operand)})",
        BinarySyntax b => $"({b.Operator} {Shape(b.Left)} {Shape(b.Right)})",
        CallSyntax c => $"({c.Name} {Shape(c.Argument)})",
        SetSyntax s => $"[{string.Join('|', s.Values)}]",
        _ => (node with { At = 0 }).ToString(),
    };

    private static int Nodes(RuleSyntax node) => 1 + node switch
    {
        UnarySyntax u => Nodes(u.Operand),
        BinarySyntax b => Nodes(b.Left) + Nodes(b.Right),
        CallSyntax c => Nodes(c.Argument),
        SetSyntax s => s.Values.Length,
        _ => 0,
    };
}
