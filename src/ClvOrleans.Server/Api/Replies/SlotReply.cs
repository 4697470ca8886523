using System.Text.Json;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>What a decision has put into a slot.</summary>
/// <param name="Slot">Name of the slot.</param>
/// <param name="Delivery">The delivery: send it back as <c>delivery_id</c> with clicks.</param>
/// <param name="Decision">The decision.</param>
/// <param name="ExpiresAt">Until when it is there; null for as long as nothing else is.</param>
/// <param name="Content">What is to be shown.</param>
internal sealed record SlotReply(string Slot, string Delivery, string? Decision, DateTimeOffset? ExpiresAt, JsonElement Content);
