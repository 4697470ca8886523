using System.ComponentModel.DataAnnotations;

namespace ClvOrleans.Grains.Reviews;

/// <summary>What is kept of reviews. Section <c>Reviews</c> of the configuration (<c>Reviews__KeepDays</c> in the environment).</summary>
public sealed record ReviewOptions
{
    /// <summary>
    /// For how many days after a review was written its words are kept, for trainings to learn from, 0 to 3,650; 0 keeps none. Default 365.
    /// Ratings and scores stay.
    /// </summary>
    [Range(0, 3_650)]
    public int KeepDays { get; set; } = 365;
}
