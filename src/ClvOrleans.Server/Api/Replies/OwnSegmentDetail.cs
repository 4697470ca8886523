namespace ClvOrleans.Server.Api.Replies;

/// <summary>One own segment.</summary>
/// <param name="Revision">Revision of the definitions that customers are looked at by.</param>
/// <param name="Age">How old the figures are, and how many customers still wait to be looked at by this revision.</param>
/// <param name="Currency">The currency of all money here, ISO 4217.</param>
/// <param name="Segment">The segment.</param>
/// <param name="History">Every definition that it had, the newest first.</param>
internal sealed record OwnSegmentDetail(
    long Revision, FiguresAge Age, string Currency, OwnSegmentReply Segment, IReadOnlyList<SegmentDefinitionReply> History);
