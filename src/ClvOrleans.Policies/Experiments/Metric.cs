namespace ClvOrleans.Policies.Experiments;

/// <summary>
/// What an experiment counts of each unit, from the exposure to the end of its window. Stored by name: never renamed. That a message was
/// opened is none: machines open mail, and an open is no gain.
/// </summary>
public enum Metric
{
    /// <summary>Whether the unit bought.</summary>
    Purchased,

    /// <summary>Number of purchases.</summary>
    Orders,

    /// <summary>Value of the purchases, refunds of the window taken off, in the store's currency.</summary>
    Spend,

    /// <summary>Margin of the purchases, in the store's currency.</summary>
    Margin,

    /// <summary>
    /// Margin to be expected over the store's horizon from the exposure on: that of the window and the predicted one at its end, brought to
    /// the level of cohorts whose horizon is over (<see cref="Surrogate"/>).
    /// </summary>
    ExpectedMargin,

    /// <summary>Whether the unit did anything.</summary>
    Visited,

    /// <summary>Whether the unit followed a link of a message.</summary>
    Clicked,

    /// <summary>Whether the unit unsubscribed or complained: more of it is worse.</summary>
    Unsubscribed,
}
