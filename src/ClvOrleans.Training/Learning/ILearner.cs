using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Valuation.Ensemble;

namespace ClvOrleans.Training.Learning;

/// <summary>A way to learn values from customers.</summary>
internal interface ILearner
{
    /// <summary>Name, as in <c>--models</c> and in the tables.</summary>
    string Name { get; }

    /// <summary>Learns.</summary>
    /// <param name="rows">Customers and their values, of which some are positive.</param>
    /// <param name="seed">Decides all randomness.</param>
    /// <param name="cancellation">Stops it where it takes long.</param>
    /// <exception cref="FitException">The rows do not carry the model; the message says why.</exception>
    ILearned Fit(LearningRows rows, int seed, CancellationToken cancellation = default);
}
