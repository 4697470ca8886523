namespace ClvOrleans.Statistics.Neural.Training;

/// <summary>How the learning rate changes over the epochs.</summary>
public enum RateSchedule
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>Along half a cosine to a hundredth in the last epoch (Loshchilov and Hutter 2017, without restarts).</summary>
    Cosine,

    /// <summary>It halves whenever half of the patience has passed without a better epoch.</summary>
    Plateau,
}
