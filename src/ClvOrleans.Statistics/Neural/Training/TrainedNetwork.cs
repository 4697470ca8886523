using System.Collections.Immutable;
using System.Numerics;

namespace ClvOrleans.Statistics.Neural.Training;

/// <summary>A trained network, and how it came about.</summary>
/// <param name="Network">With the parameters of the best epoch.</param>
/// <param name="Curve">Every epoch, in order.</param>
/// <param name="BestEpoch">The epoch whose validation loss was lowest.</param>
/// <param name="ConstantLoss">Validation loss of the best prediction that knows nothing of the customer.</param>
/// <param name="GainError">Standard error of the difference of the two losses.</param>
public sealed record TrainedNetwork<T>(
    Network<T> Network, ImmutableArray<EpochLoss> Curve, int BestEpoch, double ConstantLoss, double GainError)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Validation loss of the best epoch.</summary>
    public double ValidationLoss => Curve[BestEpoch - 1].Validation;

    /// <summary>
    /// Whether it learned anything that holds for rows it has not seen: more than two standard errors, as the best epoch has luck.
    /// </summary>
    public bool BeatsConstant => ConstantLoss - ValidationLoss > 2 * GainError;
}
