using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Explanations;
using ClvOrleans.Valuation.Features;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>
/// The inputs that learned models are explained by: the features of the catalogue, by their names, and then the channels of
/// <see cref="ActivitySeries.StepChannels"/>, each over all weeks.
/// </summary>
public static class LearnedInputs
{
    /// <summary>How many there are.</summary>
    public static int Count => Features + ActivitySeries.StepChannels.Length;

    private static int Features => FeatureCatalogue.All.Length;

    /// <summary>An input in words.</summary>
    /// <param name="input">Its number.</param>
    /// <param name="values">The customer's features; not a number where one is not known.</param>
    /// <param name="middles">Those of the median customer.</param>
    /// <param name="windowDays">The horizon that the features were computed for.</param>
    /// <param name="currency">The store's currency.</param>
    internal static ModelInput Of(int input, ReadOnlySpan<double> values, ReadOnlySpan<double> middles, int windowDays, Currency currency)
    {
        if (input >= Features)
        {
            var channel = ActivitySeries.StepChannels[input - Features];
            return new ModelInput(
                $"weeks.{channel.Name}", null, null, InputUnit.Number, $"{channel.Meaning}, week by week, instead of none");
        }

        var (value, middle) = (values[input], middles[input]);
        var feature = FeatureCatalogue.All[input];
        var unit = feature.Unit.Split('/')[0] switch { "money" => InputUnit.Money, "days" => InputUnit.Days, _ => InputUnit.Number };
        return new ModelInput(
            feature.Name, double.IsFinite(value) ? value : null, double.IsFinite(middle) ? middle : null, unit,
            $"{feature.MeaningWithin(windowDays)}: {Told(value)} instead of {Told(middle)}");

        string Told(double number) => !double.IsFinite(number) ? "unknown"
            : unit == InputUnit.Money ? Phrases.Amount(number, currency)
            : FormattableString.Invariant($"{number:#,##0.##}");
    }
}
