using System.Globalization;
using System.Text.Json.Nodes;

namespace ClvOrleans.Simulation;

/// <summary>An event as a tracking client sends it.</summary>
public sealed record SimulatedEvent
{
    /// <summary>When it happens, in whole milliseconds.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>track, page or identify.</summary>
    public required string Type { get; init; }

    /// <summary>Id of the message, unique in the store and seed.</summary>
    public required string MessageId { get; init; }

    /// <summary>The name of a track event or page.</summary>
    public string? Name { get; init; }

    /// <summary>User id, once the client knows it.</summary>
    public string? UserId { get; init; }

    /// <summary>Anonymous id of the browser; null where the shop's server sends.</summary>
    public string? AnonymousId { get; init; }

    internal JsonObject? Properties { get; init; }

    internal JsonObject? Traits { get; init; }

    internal JsonObject? Context { get; init; }

    /// <summary>The event's JSON on one line.</summary>
    /// <param name="stamped">Whether it says when it happened; without, it happens when it arrives.</param>
    public string ToJson(bool stamped = true)
    {
        var json = new JsonObject { ["type"] = Type };
        Add(Type == "track" ? "event" : "name", Name);
        Add("userId", UserId);
        Add("anonymousId", AnonymousId);
        Add("messageId", MessageId);
        Add("timestamp", stamped ? At.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture) : null);
        Add("properties", Properties?.DeepClone());
        Add("traits", Traits?.DeepClone());
        Add("context", Context?.DeepClone());
        return json.ToJsonString();

        void Add(string name, JsonNode? value)
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }
    }
}
