using System.Text.Json.Serialization;

namespace ClvOrleans.Model.Learned;

/// <summary>What was learned of the value of customers, as it is kept with a model version. Pure and safe to call from many threads.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ExpectedValue), "expected-value")]
[JsonDerivedType(typeof(CorrectedValue), "corrected-btyd")]
[JsonDerivedType(typeof(LinearValue), "linear")]
[JsonDerivedType(typeof(RfmTable), "rfm")]
[JsonDerivedType(typeof(TweedieTrees), "boosted-tweedie")]
[JsonDerivedType(typeof(TwoPartTrees), "boosted-two-part")]
public interface ILearned
{
    /// <summary>The value expected of a customer within the window that was learned from: finite and at least 0.</summary>
    double Predict(in CustomerRow row);
}
