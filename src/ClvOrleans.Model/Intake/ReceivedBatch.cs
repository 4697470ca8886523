using System.Text.Json;

namespace ClvOrleans.Model.Intake;

/// <summary>A body that could be read: its events are still to be judged one by one.</summary>
/// <param name="WriteKey">The write key in the body, if any.</param>
/// <param name="SentAt">When the client sent it, as it says.</param>
/// <param name="Context">Context of all events that name none.</param>
/// <param name="Events">The events.</param>
/// <param name="TypeFromPath">The type that the address gives; null for batches.</param>
public sealed record ReceivedBatch(
    string? WriteKey, JsonElement SentAt, JsonElement Context, IReadOnlyList<JsonElement> Events, string? TypeFromPath)
{
    /// <summary>Reads a body: a batch, or one event where the address names its type.</summary>
    /// <exception cref="UnreadableBodyException">It is not UTF-8 JSON of that form.</exception>
    public static ReceivedBatch Read(ReadOnlyMemory<byte> body, string? typeFromPath)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 1_000 });
            root = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new UnreadableBodyException("invalid_json", $"The body is not JSON: {e.Message}");
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new UnreadableBodyException("invalid_body", "The body must be a JSON object.");
        }

        var key = Json.Find(root, "writeKey") is { ValueKind: JsonValueKind.String } k ? k.GetString() : null;
        if (typeFromPath is not null)
        {
            return new ReceivedBatch(key, default, default, [root], typeFromPath);
        }

        if (Json.Find(root, "batch") is not { ValueKind: JsonValueKind.Array } batch || batch.GetArrayLength() == 0)
        {
            throw new UnreadableBodyException("empty_batch", "batch must be an array of at least one event.");
        }

        return new ReceivedBatch(key, Json.Find(root, "sentAt"), Json.Find(root, "context"), [.. batch.EnumerateArray()], null);
    }
}
