using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Recommendations.Ranking;

/// <summary>A product that the customer buys again and again.</summary>
/// <param name="Product">The shop's id.</param>
/// <param name="Category">Its category; null where unknown.</param>
/// <param name="Price">Its price; null where unknown.</param>
/// <param name="Units">Units of the last purchase.</param>
/// <param name="Times">On how many of the days that are kept it was bought.</param>
/// <param name="LastOn">The day it was last bought on.</param>
/// <param name="Interval">Days from one purchase to the next that are expected of the customer.</param>
/// <param name="DueOn">The day the next purchase is expected on; it may have passed.</param>
public sealed record Reorder(
    string Product, string? Category, Money? Price, long Units, int Times, DateOnly LastOn, int Interval, DateOnly DueOn);
