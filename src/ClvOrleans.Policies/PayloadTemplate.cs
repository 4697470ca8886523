using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Policies;

/// <summary>
/// The payload of an action: JSON in whose texts <c>{{placeholders}}</c> are replaced. A text that is nothing but a placeholder of a number
/// becomes that number. In members named <c>html</c> what is put in is escaped.
/// </summary>
public static partial class PayloadTemplate
{
    /// <summary>The placeholders and what they are replaced by.</summary>
    public static IReadOnlyDictionary<string, string> Placeholders { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["alive"] = "P(alive), 0 to 1; empty where it is not known",
        ["atRisk"] = "revenue at risk, in units of the currency",
        ["cost"] = "what the action costs, in units of the currency",
        ["currency"] = "code of the currency",
        ["customer"] = "id of the customer",
        ["decision"] = "id of the decision",
        ["expectedMargin"] = "expected incremental margin, in units of the currency",
        ["lifecycle"] = "new, active, cooling, at-risk, ...",
        ["policy"] = "id of the policy",
        ["store"] = "id of the store",
        ["topic"] = "topic of the action",
        ["value"] = "predicted value, in units of the currency",
        ["valueBefore"] = "predicted value before what happened; empty where there was none",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What is wrong with a template.</summary>
    public static IEnumerable<string> Mistakes(JsonElement template) => Placeholder().Matches(template.GetRawText())
        .Select(m => m.Groups[1].Value)
        .Where(name => !Placeholders.ContainsKey(name))
        .Distinct(StringComparer.Ordinal)
        .Select(name =>
            $"There is no placeholder {{{{{name}}}}}. There are {string.Join(", ", Placeholders.Keys.Order(StringComparer.Ordinal))}.");

    /// <summary>The payload of a decision, as JSON.</summary>
    public static string Render(PolicyAction action, Decision decision)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, action.Payload, name => ValueOf(name, action, decision), isHtml: false);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element, Func<string, object?> value, bool isHtml)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, value, isHtml || member.Name == "html");
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item, value, isHtml);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                WriteText(writer, element.GetString()!, value, isHtml);
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string text, Func<string, object?> value, bool isHtml)
    {
        if (Placeholder().Match(text) is { Success: true } only && only.Length == text.Length)
        {
            switch (value(only.Groups[1].Value))
            {
                case null:
                    writer.WriteNullValue();
                    return;
                case decimal number:
                    writer.WriteNumberValue(number);
                    return;
                case double number:
                    writer.WriteNumberValue(number);
                    return;
            }
        }

        writer.WriteStringValue(Placeholder().Replace(text, m =>
        {
            var replaced = Convert.ToString(value(m.Groups[1].Value), CultureInfo.InvariantCulture) ?? "";
            return isHtml ? WebUtility.HtmlEncode(replaced) : replaced;
        }));
    }

    private static object? ValueOf(string name, PolicyAction action, Decision decision)
    {
        var (inputs, facts) = (decision.Inputs, decision.Inputs.Facts);
        var currency = Currency.Of(inputs.Currency);
        return name switch
        {
            "alive" => facts.Alive,
            "atRisk" => currency.ToMajor(facts.AtRisk),
            "cost" => currency.ToMajor(decision.Cost),
            "currency" => inputs.Currency,
            "customer" => decision.Customer.Id,
            "decision" => decision.Id.Value,
            "expectedMargin" => currency.ToMajor(decision.ExpectedMargin),
            "lifecycle" => SegmentNames.Format(facts.Lifecycle),
            "policy" => decision.Policy.Value,
            "store" => decision.Customer.Store.Value,
            "topic" => action.Topic,
            "value" => currency.ToMajor(facts.Value),
            "valueBefore" => facts.Before is { } before ? currency.ToMajor(before) : null,
            _ => throw new ArgumentException($"There is no placeholder {name}.", nameof(name)),
        };
    }

    [GeneratedRegex(@"\{\{\s*([^{}]*?)\s*\}\}")]
    private static partial Regex Placeholder();
}
