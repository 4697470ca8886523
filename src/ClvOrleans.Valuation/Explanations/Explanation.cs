using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Valuation.Explanations;

/// <summary>Why a value is what it is: the baseline and what each input adds to it. The amounts add up exactly.</summary>
/// <param name="Method">How the value was shared out: <c>shapley</c> for closed forms.</param>
/// <param name="Value">The customer's value.</param>
/// <param name="Baseline">The value of the reference customer.</param>
/// <param name="BaselineMeaning">Who that is, in words.</param>
/// <param name="Contributions">What leads from the baseline to the value.</param>
public sealed record Explanation(
    string Method, Money Value, Money Baseline, string BaselineMeaning, ImmutableArray<InputContribution> Contributions)
{
    /// <summary>
    /// Rounds shares to minor units. Each is rounded to the nearest; the units by which their sum then misses <paramref name="value"/> -
    /// <paramref name="baseline"/> go one at a time to the share that rounding has moved furthest the other way, the first among equals.
    /// A share of exactly nothing stays nothing.
    /// </summary>
    /// <param name="method">How the value was shared out.</param>
    /// <param name="value">The customer's value.</param>
    /// <param name="baseline">The value of the reference customer.</param>
    /// <param name="meaning">Who that is.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="shares">What each adds, in minor units and fractions of them; their sum is the difference but for rounding.</param>
    /// <exception cref="ArgumentException">
    /// There are more or fewer shares than inputs, one is not finite, or they do not add up to the difference.
    /// </exception>
    public static Explanation Of(
        string method, Money value, Money baseline, string meaning, IReadOnlyList<ModelInput> inputs, IReadOnlyList<double> shares)
    {
        if (shares.Count != inputs.Count || !shares.All(double.IsFinite))
        {
            throw new ArgumentException($"{inputs.Count} finite shares are needed.", nameof(shares));
        }

        var difference = value - baseline;
        var sum = shares.Sum();
        if (Math.Abs(sum) > Money.GreatestEstimate)
        {
            // The value or the baseline was rounded down to the greatest estimate.
            shares = [.. shares.Select(s => s / sum * (double)difference.Minor)];
        }

        var amounts = shares.Select(s => (Int128)Math.Round(s)).ToArray();
        var missing = amounts.Aggregate(difference.Minor, (left, amount) => left - amount);
        // Half a unit for each number that was rounded, and what doubles lose of great sums.
        var most = shares.All(s => s == 0) ? 0 : 1 + shares.Count + (shares.Sum(Math.Abs) * 1e-9);
        if (Math.Abs((double)missing) > most)
        {
            throw new ArgumentException("The shares do not add up to the value less the baseline.", nameof(shares));
        }

        for (var unit = Int128.Sign(missing); missing != 0; missing -= unit)
        {
            var nearest = Enumerable.Range(0, amounts.Length).Where(i => shares[i] != 0)
                .MaxBy(i => (shares[i] - (double)amounts[i]) * unit);
            amounts[nearest] += unit;
        }

        return new Explanation(
            method, value, baseline, meaning, [.. inputs.Select((input, i) => new InputContribution(input, new Money(amounts[i])))]);
    }
}
