using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>What became of the events of a source. A webhook counts as one event, a line of a file that was refused as one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">How it sends; null where store.json does not name it any more.</param>
/// <param name="Address">Where its webhooks come to; null for other kinds.</param>
/// <param name="LastSeen">When something came last; null where nothing ever came.</param>
/// <param name="Accepted">Events that count.</param>
/// <param name="Duplicates">Events that were known.</param>
/// <param name="Refused">Events that do not count, by reason.</param>
/// <param name="Failed">Events that could not be recorded when they came; their senders were told to send them again.</param>
/// <param name="Noted">What else there was to say of events, by reason.</param>
/// <param name="Samples">Some of its refused events that nobody has taken care of, the oldest first.</param>
internal sealed record SourceView(
    string Name, SourceKind? Kind, string? Address, DateTimeOffset? LastSeen, long Accepted, long Duplicates,
    IReadOnlyList<ReasonCount> Refused, long Failed, IReadOnlyList<ReasonCount> Noted, IReadOnlyList<RefusalSample> Samples);
