using System.Text.Json.Serialization;
using ClvOrleans.Statistics.Neural;
using ClvOrleans.Valuation.Explanations;
using ClvOrleans.Valuation.Features;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>The value by a neural network on prepared features, and on the customer's series where it reads one.</summary>
/// <param name="Input">How it reads a customer.</param>
/// <param name="Network">The network; it says the value in units of <paramref name="Scale"/>.</param>
/// <param name="Scale">The mean value of those who were learned from.</param>
/// <param name="Most">The greatest value seen, which bounds what is said of customers far from all that were seen.</param>
/// <param name="Curve">How its training went.</param>
public sealed record NetworkValue(
    NetworkRow Input,
    [property: JsonIgnore] Network<float> Network,
    double Scale,
    double Most,
    LossCurve Curve) : ILearned
{
    /// <summary>What was kept.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a network, or are damaged; the message says which.</exception>
    [JsonConstructor]
    public NetworkValue(NetworkRow input, byte[] bytes, double scale, double most, LossCurve curve)
        : this(input, Networks.FromBytes<float>(bytes), scale, most, curve)
    {
    }

    /// <summary>The network, as it is kept.</summary>
    public byte[] Bytes => Network.ToBytes();

    /// <inheritdoc />
    public double Predict(in FeatureRow row)
    {
        Span<float> numbers = stackalloc float[Input.Width];
        Input.Write(row, numbers);
        return ValueOf(Network.Predict(numbers));
    }

    /// <inheritdoc />
    public double Follow(in FeatureRow row, RecurrentTrace trace)
    {
        if (Input.Series != SeriesKind.Steps)
        {
            return Predict(row);
        }

        var live = new LiveRecurrence<float>(Network);
        Span<float> numbers = stackalloc float[Input.Width];
        Span<float> state = stackalloc float[live.StateLength];
        Input.Write(row, numbers);
        trace.Follow(live, numbers.Slice(1, (int)numbers[0] * live.StepLength), state);
        return ValueOf(live.Predict(state, numbers[Input.SeriesWidth..]));
    }

    /// <summary>
    /// By integrated gradients. The median customer has no activity in the series; that a customer has been active in so many weeks at all
    /// counts for the gaps between them.
    /// </summary>
    /// <inheritdoc />
    public double Explain(in FeatureRow row, ReadOnlySpan<double> middle, Span<double> shares)
    {
        Span<float> to = stackalloc float[Input.Width];
        Span<float> from = stackalloc float[Input.Width];
        Span<double> own = stackalloc double[Input.Width];
        Input.Write(row, to);
        from.Clear();
        Input.WriteFeatures(middle, from[Input.SeriesWidth..]);
        var still = (double)Network.Predict(from);
        if (Input.Series == SeriesKind.Steps)
        {
            // The way between the two has as many steps all along.
            from[0] = to[0];
        }

        var (said, start) = IntegratedGradients.Explain(Network, to, from, own);
        for (var j = 0; j < own.Length; j++)
        {
            shares[InputOf(j)] += own[j];
        }

        if (start != still)
        {
            shares[^1] += start - still;
        }

        var (value, baseline) = (ValueOf(said), ValueOf(still));
        Propagation.Rescale(shares, value - baseline, said > 0 && said * Scale < Most ? Scale : 0);
        return baseline;
    }

    // Not a number counts as nothing.
    private double ValueOf(double said) => said > 0 ? Math.Min(Scale * said, Most) : 0;

    private int InputOf(int number) =>
        number >= Input.SeriesWidth ? Input.Preprocessor.FeatureOf(number - Input.SeriesWidth)
        : Input.Series == SeriesKind.Weeks ? FeatureCatalogue.All.Length + (number % ActivitySeries.Channels.Length)
        : FeatureCatalogue.All.Length + (Math.Max(0, number - 1) % ActivitySeries.StepChannels.Length);
}
