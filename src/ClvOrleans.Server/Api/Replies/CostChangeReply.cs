namespace ClvOrleans.Server.Api.Replies;

/// <summary>Costs were kept.</summary>
/// <param name="Costs">How many.</param>
internal sealed record CostChangeReply(int Costs);
