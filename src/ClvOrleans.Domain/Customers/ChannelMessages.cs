using System.Text.Json.Serialization;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Domain.Customers;

/// <summary>When each thing last happened to messages of one channel, and how often what models read.</summary>
public sealed record ChannelMessages
{
    /// <summary>The last one left.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The last one arrived.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>One was last opened, as far as is known not by a machine.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>A link was last followed, as far as is known not by a machine.</summary>
    public DateTimeOffset? ClickedAt { get; init; }

    /// <summary>One last came back.</summary>
    public DateTimeOffset? BouncedAt { get; init; }

    /// <summary>The customer last complained.</summary>
    public DateTimeOffset? ComplainedAt { get; init; }

    /// <summary>How many left; null where none did, and in a row of an earlier version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Sent { get; init; }

    /// <summary>How many times one was opened, as far as is known not by a machine; null as <see cref="Sent"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Opened { get; init; }

    /// <summary>How many times a link was followed, as far as is known not by a machine; null as <see cref="Sent"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Clicked { get; init; }

    /// <summary>With one more event.</summary>
    public ChannelMessages With(EventKind kind, DateTimeOffset at, bool isMachine) => kind switch
    {
        EventKind.MessageSent => this with { SentAt = Later(SentAt, at), Sent = (Sent ?? 0) + 1 },
        EventKind.MessageDelivered => this with { DeliveredAt = Later(DeliveredAt, at) },
        EventKind.MessageOpened when !isMachine => this with { OpenedAt = Later(OpenedAt, at), Opened = (Opened ?? 0) + 1 },
        EventKind.MessageClicked when !isMachine => this with { ClickedAt = Later(ClickedAt, at), Clicked = (Clicked ?? 0) + 1 },
        EventKind.MessageBounced => this with { BouncedAt = Later(BouncedAt, at) },
        EventKind.MessageComplained => this with { ComplainedAt = Later(ComplainedAt, at) },
        _ => this,
    };

    private static DateTimeOffset Later(DateTimeOffset? a, DateTimeOffset b) => a > b ? a.Value : b;
}
