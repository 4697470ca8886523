using System.Collections.Immutable;
using ClvOrleans.Statistics.Neural.Training;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>How the training of a network went. Losses are those of its output layer on customers that it was not trained on.</summary>
/// <param name="Epochs">Every epoch, in order.</param>
/// <param name="Best">The epoch whose network was kept, 1 for the first.</param>
/// <param name="Constant">Loss of the best prediction that knows nothing of the customer.</param>
/// <param name="Rows">Rows that were learned from and judged by.</param>
public sealed record LossCurve(ImmutableArray<EpochLoss> Epochs, int Best, double Constant, int Rows)
{
    /// <summary>In a few words, for the training log.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Rows:#,##0} rows, epoch {Best} of {Epochs.Length}, loss {Epochs[Best - 1].Validation:f4} for {Constant:f4} of a constant");
}
