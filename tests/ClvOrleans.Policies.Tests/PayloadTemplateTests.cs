using System.Text.Json;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Policies.Tests;

/// <summary>What is sent, filled in.</summary>
public sealed class PayloadTemplateTests
{
    [Theory]
    [InlineData("""{"a":"{{value}}"}""", """{"a":200}""")]
    [InlineData("""{"a":"{{ alive }} of {{customer}}"}""", """{"a":"0.4 of anna"}""")]
    [InlineData("""{"a":["{{lifecycle}}",1,true,null,"{{valueBefore}}"]}""", """{"a":["at-risk",1,true,null,null]}""")]
    [InlineData("""{"a":"{{cost}} {{currency}} {{topic}} {{policy}} {{store}}"}""", """{"a":"2 EUR win-back win-back shop"}""")]
    public void Placeholders_become_what_is_known(string template, string payload) => Assert.Equal(payload, Render(template, "anna"));

    [Fact]
    public void In_html_what_is_put_in_is_escaped() => Assert.Equal(
        "<b>&lt;script&gt;</b> <script>",
        JsonElement.Parse(Render("""{"html":"<b>{{customer}}</b>","text":"{{customer}}"}""", "<script>")) is var p
            ? $"{p.GetProperty("html").GetString()} {p.GetProperty("text").GetString()}"
            : "");

    [Fact]
    public void An_unknown_placeholder_is_a_mistake_that_names_the_known_ones() => Assert.StartsWith(
        "There is no placeholder {{name}}. There are alive, atRisk, cost,",
        Assert.Single(PayloadTemplate.Mistakes(JsonElement.Parse("""{"a":"{{name}} {{ name }} {{value}}"}"""))), StringComparison.Ordinal);

    private static string Render(string template, string customer)
    {
        var action = Decided.Action() with { Payload = JsonElement.Parse(template) };
        return PayloadTemplate.Render(action, DecisionRule.Decide(
            Decided.Policy(action), Decided.Inputs() with { Customer = CustomerId.OfUser(Decided.Shop, customer) }));
    }
}
