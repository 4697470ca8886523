using ClvOrleans.Model.Currencies;
using ClvOrleans.Model.Explanations;
using ClvOrleans.Model.Features;

namespace ClvOrleans.Model.Learned;

/// <summary>The inputs that learned models are explained by: the features of the catalogue, by their names.</summary>
public static class LearnedInputs
{
    /// <summary>How many there are.</summary>
    public static int Count => FeatureCatalogue.All.Length;

    /// <summary>An input in words.</summary>
    /// <param name="input">Its number.</param>
    /// <param name="value">The customer's; not a number where it is not known.</param>
    /// <param name="middle">That of the middle customer.</param>
    /// <param name="currency">The store's currency.</param>
    internal static ModelInput Of(int input, double value, double middle, Currency currency)
    {
        var feature = FeatureCatalogue.All[input];
        var unit = feature.Unit.Split('/')[0] switch { "money" => InputUnit.Money, "days" => InputUnit.Days, _ => InputUnit.Number };
        return new ModelInput(
            feature.Name, double.IsFinite(value) ? value : null, double.IsFinite(middle) ? middle : null, unit,
            $"{feature.Meaning}: {Told(value)} instead of {Told(middle)}");

        string Told(double number) => !double.IsFinite(number) ? "unknown"
            : unit == InputUnit.Money ? Phrases.Amount(number, currency)
            : FormattableString.Invariant($"{number:#,##0.##}");
    }
}
