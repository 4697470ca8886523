namespace ClvOrleans.Domain.Stores;

/// <summary>How long reports with noise stay as they are.</summary>
public enum ReleasePeriod
{
    /// <summary>Monday to Sunday.</summary>
    Week,

    /// <summary>A calendar month.</summary>
    Month,
}
