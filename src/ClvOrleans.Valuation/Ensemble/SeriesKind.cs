namespace ClvOrleans.Valuation.Ensemble;

/// <summary>Which series of a customer a network reads beside the features.</summary>
public enum SeriesKind
{
    /// <summary>None.</summary>
    None,

    /// <summary>The last calendar weeks, with and without activity: a convolutional network.</summary>
    Weeks,

    /// <summary>A step for each week with activity: a recurrent network.</summary>
    Steps,
}
