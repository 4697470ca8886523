using System.Text.Json;
using ClvOrleans.Policies;

namespace ClvOrleans.Server.Api;

/// <summary>Whether a policy is to act.</summary>
/// <param name="Mode">shadow, live, paused or stopped.</param>
internal sealed record PolicyModeBody(string Mode)
{
    /// <summary>Reads the body. <exception cref="FormatException">It names none of the modes, or something else.</exception></summary>
    public static PolicyMode Read(string body)
    {
        var root = JsonElement.Parse(body);
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("mode", out var mode) || mode.ValueKind != JsonValueKind.String
            || Enum.GetNames<PolicyMode>().FirstOrDefault(n => n.Equals(mode.GetString(), StringComparison.OrdinalIgnoreCase))
                is not { } name)
        {
            throw new FormatException("mode: \"shadow\", \"live\", \"paused\" or \"stopped\" was expected.");
        }

        return root.EnumerateObject().Select(member => member.Name).FirstOrDefault(n => n != "mode") is { } unknown
            ? throw JsonBody.NotTaken(unknown, "mode")
            : Enum.Parse<PolicyMode>(name);
    }
}
