using ClvOrleans.Model.Preprocessing;

namespace ClvOrleans.Model.Learned;

/// <summary>The article's y = Xθ on prepared features; values below zero become zero.</summary>
/// <param name="Preprocessor">Prepares the features.</param>
/// <param name="Model">θ.</param>
public sealed record LinearValue(Preprocessor Preprocessor, LinearModel Model) : ILearned
{
    /// <inheritdoc />
    public double Predict(in CustomerRow row)
    {
        Span<double> prepared = stackalloc double[Preprocessor.Width];
        Preprocessor.Apply(row.Features, prepared);
        return Math.Max(0, Model.Predict(prepared));
    }
}
