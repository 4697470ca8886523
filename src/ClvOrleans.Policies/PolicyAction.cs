using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Policies.Experiments;

namespace ClvOrleans.Policies;

/// <summary>What is done for a customer.</summary>
public sealed record PolicyAction
{
    /// <summary>How it reaches the customer.</summary>
    public required ActionChannel Channel { get; init; }

    /// <summary>
    /// What it is about, such as <c>win-back</c>: customers choose topics, and the consent to it is asked for by channel and topic. The
    /// name of the audience or of the slot where the channel is one.
    /// </summary>
    public required string Topic { get; init; }

    /// <summary>
    /// Whether it belongs to an order or an account and is no marketing: neither consent nor caps of channels nor quiet hours hold it, and
    /// nobody is held out. Default false.
    /// </summary>
    public bool IsTransactional { get; init; }

    /// <summary>What is sent: JSON, in whose texts <c>{{placeholders}}</c> are replaced.</summary>
    public required JsonElement Payload { get; init; }

    /// <summary>What one such action costs the store, at least 0: discount, postage, sending.</summary>
    public Money Cost { get; init; }

    /// <summary>The effect that is assumed as long as none is measured.</summary>
    public required PolicyEffect Effect { get; init; }
}
