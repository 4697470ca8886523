using System.Text.Json;

namespace ClvOrleans.Reliability.Tests.Sending;

/// <summary>An answer over HTTP.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Text">Its body.</param>
/// <param name="RetryAfter">Seconds after which to send again, if it says so.</param>
internal sealed record Answer(int Status, string Text, double? RetryAfter)
{
    /// <summary>The body as JSON. <exception cref="JsonException">It is none.</exception></summary>
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public int Accepted => Json.GetProperty("accepted").GetInt32();

    public int Duplicates => Json.GetProperty("duplicates").GetInt32();

    /// <summary>Codes of the events that were refused.</summary>
    public string[] Refused => [.. Json.GetProperty("quarantined").EnumerateArray().Select(q => q.GetProperty("code").GetString()!)];

    /// <summary>Whether a client that obeys the answer keeps its events and sends them again.</summary>
    public bool AsksToSendAgain => Status is 503 or 429 && RetryAfter > 0;

    public override string ToString() => $"{Status} {(Text.Length > 400 ? Text[..400] : Text)}";
}
