using System.Collections.Immutable;
using ClvOrleans.Domain.Policies;

namespace ClvOrleans.Policies;

/// <summary>
/// A policy as it is defined: when it looks at a customer, whom it is for, what it does, at what cost and for what gain, and within which
/// limits. Days without another word are those of the store's calendar.
/// </summary>
public sealed record Policy
{
    /// <summary>Its name in addresses.</summary>
    public required PolicyId Id { get; init; }

    /// <summary>Its name for people; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>What makes it look at a customer.</summary>
    public required PolicyTrigger Trigger { get; init; }

    /// <summary>The rule of the customers that it is for; null for all.</summary>
    public string? Audience { get; init; }

    /// <summary>What ends it for a customer as soon as it holds, besides an order where <see cref="EndsWithOrder"/>; null for
    /// nothing.</summary>
    public string? Goal { get; init; }

    /// <summary>Whether an order after the begin ends it for the customer. Default true.</summary>
    public bool EndsWithOrder { get; init; } = true;

    /// <summary>What is done, in order; one action at least.</summary>
    public required ImmutableArray<PolicyStep> Steps { get; init; }

    /// <summary>The limit of what it spends.</summary>
    public required PolicyBudget Budget { get; init; }

    /// <summary>Days between two actions for one customer, at least. Default 0.</summary>
    public int CoolDownDays { get; init; }

    /// <summary>How often it acts for one customer; null for no cap.</summary>
    public CustomerCap? CustomerCap { get; init; }

    /// <summary>How often it acts on one day of the store; null for no cap.</summary>
    public int? DayCap { get; init; }

    /// <summary>When nothing reaches the customer; null for never.</summary>
    public QuietHours? QuietHours { get; init; }

    /// <summary>Whether customers may enter it again. Default never.</summary>
    public Reentry Reentry { get; init; }

    /// <summary>The share of customers that is held out, 0 to below 1. Default .1.</summary>
    public double Holdout { get; init; } = .1;

    /// <summary>The share of decisions near the border of the price that is drawn the other way, 0 to .05. Default .02.</summary>
    public double Exploration { get; init; } = .02;

    /// <summary>Days that a wait for more evidence may take; 0 to act at once. Default 0.</summary>
    public int WaitingDays { get; init; }

    /// <summary>When it begins; null for at once.</summary>
    public DateTimeOffset? Starts { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public DateTimeOffset? Ends { get; init; }
}
