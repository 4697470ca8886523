namespace ClvOrleans.Training.Reviews;

/// <summary>A review as Microsoft.ML reads it.</summary>
internal sealed class ReviewRow
{
    /// <summary>The words, normalised.</summary>
    public string Text { get; set; } = "";

    /// <summary>The rating in whole stars, in hundredths.</summary>
    public int Stars { get; set; }
}
