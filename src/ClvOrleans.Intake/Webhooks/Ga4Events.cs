using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Tracking;

namespace ClvOrleans.Intake.Webhooks;

/// <summary>
/// Reads what the Measurement Protocol of Google Analytics 4 carries as the events of the tracking specification that they are, so that
/// they are judged, kept and mended like those.
/// </summary>
public static class Ga4Events
{
    private const string Order = "Order Completed";
    private const string Refund = "Order Refunded";

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["purchase"] = Order,
        ["refund"] = Refund,
        ["view_item"] = "Product Viewed",
        ["view_item_list"] = "Product List Viewed",
        ["select_item"] = "Product Clicked",
        ["add_to_cart"] = "Product Added",
        ["remove_from_cart"] = "Product Removed",
        ["view_cart"] = "Cart Viewed",
        ["add_to_wishlist"] = "Product Added to Wishlist",
        ["begin_checkout"] = "Checkout Started",
        ["add_shipping_info"] = "Checkout Step Completed",
        ["add_payment_info"] = "Payment Info Entered",
        ["view_promotion"] = "Promotion Viewed",
        ["select_promotion"] = "Promotion Clicked",
        ["search"] = "Products Searched",
        ["share"] = "Product Shared",
    };

    // What the specification calls otherwise; all other parameters keep their names.
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["transaction_id"] = "order_id",
        ["search_term"] = "query",
        ["method"] = "share_via",
        ["promotion_name"] = "name",
    };

    private static readonly Dictionary<string, string> ItemParameters = new(StringComparer.Ordinal)
    {
        ["item_id"] = "product_id",
        ["item_name"] = "name",
        ["item_category"] = "category",
    };

    /// <summary>Reads a body. <exception cref="RefusedException">It holds no events that could be judged one by one.</exception></summary>
    public static ReceivedBatch Read(ReadOnlyMemory<byte> body)
    {
        var sent = ShopObject.Parse(body);
        var events = Json.Find(sent.Json, "events");
        if (events.ValueKind != JsonValueKind.Array || events.GetArrayLength() == 0)
        {
            throw new RefusedException("missing_events", "events must be an array of at least one event.");
        }

        return ReceivedBatch.Alone([.. events.EnumerateArray().Select((e, i) => Translate(sent.Json, e, i))]);
    }

    private static JsonElement Translate(JsonElement body, JsonElement e, int index)
    {
        var name = Json.Describe(e, "name");
        var (parameters, time) = (Json.Find(e, "params"), Time(e) ?? Time(body));
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            WriteIf(json, "messageId", MessageId(name, parameters, body, time, index));
            json.WriteString("type", name == "page_view" ? "page" : "track");
            if (name != "page_view")
            {
                WriteIf(json, "event", name is null ? null : Names.GetValueOrDefault(name, name));
            }

            Copy(json, "userId", Json.Find(body, "user_id"));
            Copy(json, "anonymousId", Json.Find(body, "client_id"));
            WriteIf(json, "timestamp", time);
            WriteProperties(json, name, parameters);
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(bytes.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static void WriteProperties(Utf8JsonWriter json, string? name, JsonElement parameters)
    {
        json.WriteStartObject("properties");
        foreach (var parameter in Members(parameters))
        {
            // Both are the sum of price times quantity, without tax and shipping.
            var isRevenue = parameter.Name == "value" && name == "purchase";
            var called = isRevenue ? "revenue" : Parameters.GetValueOrDefault(parameter.Name, parameter.Name);
            if (parameter.Name == "page_location" && name == "page_view")
            {
                json.WriteString("path", Json.Describe(parameters, parameter.Name));
            }
            else if (parameter.Name != "items")
            {
                Copy(json, called, parameter.Value);
            }
        }

        if (Json.Find(parameters, "items") is { ValueKind: JsonValueKind.Array } items)
        {
            json.WriteStartArray("products");
            foreach (var item in items.EnumerateArray())
            {
                json.WriteStartObject();
                foreach (var member in Members(item))
                {
                    Copy(json, ItemParameters.GetValueOrDefault(member.Name, member.Name), member.Value);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    // As Google knows purchases: by their transaction. What says when it happened is known by all that it says; so is a refund, which would
    // be taken off twice otherwise.
    private static string? MessageId(string? name, JsonElement parameters, JsonElement body, string? time, int index)
    {
        var transaction = TransactionOf(parameters);
        var who = Raw(Json.Find(body, "client_id")) + Raw(Json.Find(body, "user_id"));
        return name switch
        {
            "purchase" when transaction is not null => $"purchase:{transaction}",
            "refund" when transaction is not null => $"refund:{Digest(transaction, time, Raw(parameters))}",
            _ when time is null => null,
            _ => $"ga4:{Digest(name, time, index.ToString(CultureInfo.InvariantCulture), who, Raw(parameters))}",
        };
    }

    // What can be no id is left for the reader of orders to refuse.
    private static string? TransactionOf(JsonElement parameters)
    {
        try
        {
            var id = Json.Id(parameters, "transaction_id", "", IdKind.Order, out var flaw);
            return flaw is null ? id : null;
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    private static string Digest(params ReadOnlySpan<string?> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001F', parts))).AsSpan(0, 16));

    private static string Raw(JsonElement e) =>
        e.ValueKind == JsonValueKind.Undefined ? "" : Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(e));

    // Microseconds, as text or number; what is none is left for the reader of times to refuse.
    private static string? Time(JsonElement of) => Json.Describe(of, "timestamp_micros");

    private static void WriteIf(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void Copy(Utf8JsonWriter json, string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Undefined)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
    }

    private static IEnumerable<JsonProperty> Members(JsonElement parent) =>
        parent.ValueKind == JsonValueKind.Object ? parent.EnumerateObject() : Enumerable.Empty<JsonProperty>();
}
