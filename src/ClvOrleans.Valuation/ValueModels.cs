using ClvOrleans.Valuation.BuyTillYouDie;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Explanations;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Valuation;

/// <summary>Makes models of what the registry keeps.</summary>
public static class ValueModels
{
    /// <summary>The model of a version.</summary>
    /// <param name="version">The version, with its body where it has one.</param>
    /// <exception cref="ArgumentException">A parameter is missing or invalid.</exception>
    /// <exception cref="System.Text.Json.JsonException">Its body is missing or cannot be read.</exception>
    public static IExplainedModel Open(ModelVersion version) =>
        StackedModel.Is(version.Family) ? new StackedModel(version) : new BuyTillYouDieModel(version);
}
