using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ClvOrleans.Model.Covariates;
using ClvOrleans.Model.Lifetime;

namespace ClvOrleans.Model.Learned;

/// <summary>
/// What the day of the first purchase that is seen tells of a customer: how likely the customer was one before the data begin. Data of a
/// store in business begin with a burst of customers that are not new: those who buy often and have not left. They are a population of
/// their own; in one with the new they make all who come later look as good. Of customers with gamma-distributed rates those first seen a time t
/// after the start are in proportion to (α / (α + t))^(r+1), while new ones come evenly on the clock.
/// </summary>
public sealed class FirstSeen
{
    private const string Covariate = "old";
    private readonly ImmutableArray<ILifetimeModel> _models;

    /// <summary>Makes it.</summary>
    /// <param name="start">The day of the first purchase of anyone.</param>
    /// <param name="r">Shape of the purchase rates of all customers as one population.</param>
    /// <param name="alpha">Their scale, in weeks of the clock.</param>
    /// <param name="burst">The odds that a customer first seen at the start was one before.</param>
    /// <param name="family">Family of the model of customers who surely were none before.</param>
    /// <param name="parameters">Its parameters, in weeks of the clock.</param>
    /// <param name="onPurchases">The logarithm of how many times as often those buy who surely were.</param>
    /// <param name="onDropout">The logarithm of how many times as fast they leave.</param>
    [JsonConstructor]
    public FirstSeen(
        DateOnly start, double r, double alpha, double burst, string family, ImmutableSortedDictionary<string, double> parameters, double onPurchases,
        double onDropout)
    {
        (Start, R, Alpha, Burst, Family, Parameters, OnPurchases, OnDropout) = (start, r, alpha, burst, family, parameters, onPurchases, onDropout);
        var model = new CovariateModel(LifetimeModels.Create(family, parameters), [Covariate], [onPurchases], [onDropout]);
        _models = [.. Enumerable.Range(0, Steps + 1).Select(step => model.Of([(double)step / Steps]))];
    }

    /// <summary>How likely a customer was one before is told in so many steps.</summary>
    public static int Steps => 10;

    /// <summary>The day of the first purchase of anyone.</summary>
    public DateOnly Start { get; }

    /// <summary>Shape of the purchase rates of all customers as one population.</summary>
    public double R { get; }

    /// <summary>Their scale, in weeks of the clock.</summary>
    public double Alpha { get; }

    /// <summary>The odds that a customer first seen at the start was one before.</summary>
    public double Burst { get; }

    /// <summary>Family of the model of customers who surely were none before.</summary>
    public string Family { get; }

    /// <summary>Its parameters, in weeks of the clock.</summary>
    public ImmutableSortedDictionary<string, double> Parameters { get; }

    /// <summary>The logarithm of how many times as often those buy who surely were.</summary>
    public double OnPurchases { get; }

    /// <summary>The logarithm of how many times as fast they leave.</summary>
    public double OnDropout { get; }

    /// <summary>How likely a customer first seen on a day was one before the data begin, in steps from 0 to <see cref="Steps"/>.</summary>
    public int StepOf(DateOnly first, SeasonalClock clock) => StepOf(Burst * Fading(first, Start, clock, R, Alpha));

    /// <summary>The model of customers of a step.</summary>
    public ILifetimeModel ModelOf(int step) => _models[step];

    /// <summary>The step of some odds of having been a customer before.</summary>
    public static int StepOf(double odds) => (int)Math.Round(Steps * odds / (1 + odds));

    /// <summary>How many old customers are first seen on a day for one at the start.</summary>
    public static double Fading(DateOnly first, DateOnly start, SeasonalClock clock, double r, double alpha) =>
        Math.Pow(alpha / (alpha + Math.Max(0, clock.Weeks(start, first))), r + 1);
}
