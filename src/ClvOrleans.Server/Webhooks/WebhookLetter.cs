using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ClvOrleans.Server.Webhooks;

/// <summary>A shop's call as a dead letter keeps it, so that it can be judged again: what its headers said, and its body.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="DeliveryId">The shop's id of the call.</param>
/// <param name="Body">The body as it came.</param>
internal sealed record WebhookLetter(string Topic, string? DeliveryId, ReadOnlyMemory<byte> Body)
{
    /// <summary>What it is known by: the same call again is the same letter.</summary>
    public string MessageId => $"{Topic}:{Convert.ToHexStringLower(SHA256.HashData(Body.Span).AsSpan(0, 16))}";

    /// <summary>The letter's JSON: the body as JSON where it is that, else as text.</summary>
    public ReadOnlyMemory<byte> ToJson()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("topic", Topic);
            json.WriteString("delivery", DeliveryId);
            if (IsJson())
            {
                json.WritePropertyName("webhook");
                json.WriteRawValue(Body.Span);
            }
            else
            {
                json.WriteString("webhook", Encoding.UTF8.GetString(Body.Span));
            }

            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    /// <summary>The inverse of <see cref="ToJson"/>; null where the JSON is no such letter.</summary>
    public static WebhookLetter? Find(JsonElement letter) =>
        letter.ValueKind == JsonValueKind.Object && letter.TryGetProperty("webhook", out var body)
            && letter.TryGetProperty("topic", out var topic) && topic.ValueKind == JsonValueKind.String
            ? new WebhookLetter(
                topic.GetString()!,
                letter.TryGetProperty("delivery", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null,
                Encoding.UTF8.GetBytes(body.ValueKind == JsonValueKind.String ? body.GetString()! : body.GetRawText()))
            : null;

    private bool IsJson()
    {
        try
        {
            var reader = new Utf8JsonReader(Body.Span);
            while (reader.Read())
            {
                // To its end.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
