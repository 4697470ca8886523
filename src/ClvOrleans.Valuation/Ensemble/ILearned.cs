using System.Text.Json.Serialization;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>
/// What was learned of the value of customers, as it is kept with a model version. Pure and safe to call from many threads.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ExpectedValue), "expected-value")]
[JsonDerivedType(typeof(CorrectedValue), "corrected-btyd")]
[JsonDerivedType(typeof(LinearValue), "linear")]
[JsonDerivedType(typeof(NetworkValue), "network")]
[JsonDerivedType(typeof(RfmTable), "rfm")]
[JsonDerivedType(typeof(TweedieTrees), "boosted-tweedie")]
[JsonDerivedType(typeof(TwoPartTrees), "boosted-two-part")]
public interface ILearned
{
    /// <summary>The value expected of a customer within the window that was learned from: finite and at least 0.</summary>
    double Predict(in FeatureRow row);

    /// <summary>
    /// The same, to the bit, for one customer again and again: a recurrent network keeps what it made of the customer's steps, and runs
    /// only the new ones. Models without a memory leave it alone.
    /// </summary>
    /// <param name="row">The customer.</param>
    /// <param name="trace">What is kept of this customer.</param>
    double Follow(in FeatureRow row, RecurrentTrace trace) => Predict(row);

    /// <summary>What each input adds to <see cref="Predict"/>, compared with a median customer.</summary>
    /// <param name="row">The customer.</param>
    /// <param name="middle">The features of the median customer.</param>
    /// <param name="shares">
    /// Room for a number for each of <see cref="LearnedInputs"/>, all zero; they add up to the difference of the two predictions but for
    /// rounding.
    /// </param>
    /// <returns>What the median customer is worth.</returns>
    double Explain(in FeatureRow row, ReadOnlySpan<double> middle, Span<double> shares);
}
