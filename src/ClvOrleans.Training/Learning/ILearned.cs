namespace ClvOrleans.Training.Learning;

/// <summary>What was learned. Pure and safe to call from many threads.</summary>
internal interface ILearned
{
    /// <summary>The value expected of a customer: finite and at least 0.</summary>
    /// <param name="row">The features of the catalogue.</param>
    double Predict(ReadOnlySpan<double> row);
}
