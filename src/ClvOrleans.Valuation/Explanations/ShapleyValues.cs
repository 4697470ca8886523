using System.Numerics;

namespace ClvOrleans.Valuation.Explanations;

/// <summary>
/// Exact Shapley values (Shapley 1953, "A Value for n-Person Games"): what an input adds when it joins, averaged over all orders in which
/// the inputs can join. A single walk from the baseline would depend on its order. Inputs that never change anything get exactly 0, inputs
/// that are interchangeable get the same, and the sum is the value of all inputs less that of none.
/// </summary>
public static class ShapleyValues
{
    /// <summary>More inputs would take more than 4,096 evaluations.</summary>
    public const int MostInputs = 12;

    /// <summary>Shares the worth of all inputs out.</summary>
    /// <param name="inputs">Number of inputs, 0 to <see cref="MostInputs"/>.</param>
    /// <param name="worth">
    /// The value where the inputs whose bits are set are the customer's and the others the baseline's; asked once for each of 2^inputs
    /// sets.
    /// </param>
    public static double[] Of(int inputs, Func<int, double> worth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputs);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(inputs, MostInputs);
        var worths = Enumerable.Range(0, 1 << inputs).Select(worth).ToArray();
        var weights = Weights(inputs);
        var shares = new double[inputs];
        for (var i = 0; i < inputs; i++)
        {
            for (var set = 0; set < worths.Length; set++)
            {
                if ((set & (1 << i)) == 0)
                {
                    shares[i] += weights[BitOperations.PopCount((uint)set)] * (worths[set | (1 << i)] - worths[set]);
                }
            }
        }

        return shares;
    }

    // By the number n of those who have joined already: n! (k - n - 1)! / k!.
    private static double[] Weights(int inputs)
    {
        var weights = new double[inputs];
        for (var n = 0; n < inputs; n++)
        {
            weights[n] = n == 0 ? 1.0 / inputs : weights[n - 1] * n / (inputs - n);
        }

        return weights;
    }
}
