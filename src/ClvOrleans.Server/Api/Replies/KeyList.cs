namespace ClvOrleans.Server.Api.Replies;

/// <summary>Keys or sessions.</summary>
/// <param name="Keys">In the order in which they were made; ended ones too.</param>
internal sealed record KeyList(IReadOnlyList<KeyReply> Keys);
