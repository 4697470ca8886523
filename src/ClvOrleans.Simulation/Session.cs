using System.Text.Json.Nodes;

namespace ClvOrleans.Simulation;

/// <summary>One visit of a browser to the shop: steps in their order, spread over its time at the end.</summary>
internal sealed class Session(string anonymousId, string? userId, Func<string> newMessageId)
{
    private readonly List<SimulatedEvent> _steps = [];
    private string? _userId = userId;

    /// <summary>A page is looked at.</summary>
    public void Page(string name, string path, JsonObject? context = null) =>
        Add("page", name, new JsonObject { ["path"] = path }, context: context);

    /// <summary>Something is done.</summary>
    public void Track(string name, JsonObject properties) => Add("track", name, properties);

    /// <summary>The visitor says who they are; the browser says so from now on.</summary>
    public void Identify(string userId, JsonObject traits, JsonObject context)
    {
        _userId = userId;
        Add("identify", null, null, traits, context);
    }

    /// <summary>The visit's events: the first at its start, the last at its end.</summary>
    public IEnumerable<SimulatedEvent> Spread(DateTimeOffset start, DateTimeOffset end)
    {
        var pause = _steps.Count == 1 ? end - start : (end - start) / (_steps.Count - 1);
        for (var i = 0; i < _steps.Count; i++)
        {
            var step = _steps[i];
            if (step.Type == "page")
            {
                step.Properties!["duration"] = Math.Round(pause.TotalSeconds, 1);
            }

            yield return step with { At = WholeMilliseconds(i == _steps.Count - 1 ? end : start + (pause * i)) };
        }
    }

    /// <summary>Cuts what clients do not send.</summary>
    public static DateTimeOffset WholeMilliseconds(DateTimeOffset at) =>
        DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

    private void Add(string type, string? name, JsonObject? properties, JsonObject? traits = null, JsonObject? context = null) =>
        _steps.Add(new SimulatedEvent
        {
            At = default,
            Type = type,
            Name = name,
            MessageId = newMessageId(),
            UserId = _userId,
            AnonymousId = anonymousId,
            Properties = properties,
            Traits = traits,
            Context = context,
        });
}
