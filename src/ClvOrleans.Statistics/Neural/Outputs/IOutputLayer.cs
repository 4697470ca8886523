using System.Numerics;

namespace ClvOrleans.Statistics.Neural.Outputs;

/// <summary>What the last numbers of a network mean: how they predict a target, and what a wrong prediction costs.</summary>
public interface IOutputLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many numbers of the network it reads.</summary>
    int Logits { get; }

    /// <summary>Why these targets cannot be learned; null where they can.</summary>
    string? Refusal(ReadOnlySpan<T> targets);

    /// <summary>The same head in the scale of these targets.</summary>
    IOutputLayer<T> ScaledTo(ReadOnlySpan<T> targets);

    /// <summary>Logits that fit these targets best where nothing is known of a customer: where training starts.</summary>
    void Constant(ReadOnlySpan<T> targets, Span<T> logits);

    /// <summary>Loss of one customer; writes ∂loss/∂logits.</summary>
    T Loss(ReadOnlySpan<T> logits, T target, Span<T> gradient);

    /// <summary>The expected target.</summary>
    T Predict(ReadOnlySpan<T> logits);

    /// <summary>Writes ∂prediction/∂logits.</summary>
    void Slope(ReadOnlySpan<T> logits, Span<T> gradient);
}
