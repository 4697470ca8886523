using System.Text.Json;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>A definition that can be used as it is.</summary>
/// <param name="Policy">Its name.</param>
/// <param name="Definition">The definition.</param>
internal sealed record ReadyMadePolicy(string Policy, JsonElement Definition);
