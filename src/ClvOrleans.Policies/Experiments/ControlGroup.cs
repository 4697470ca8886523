using System.Globalization;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Policies.Experiments;

/// <summary>
/// The customers of a store for whom no policy acts at all, drawn anew from time to time so that nobody is left out for ever.
/// </summary>
/// <param name="Share">Part of the customers, 0 to below 1; 0 is no control group. Default .02.</param>
/// <param name="RenewedEveryDays">Days for which one draw holds, at least 28. Default 91.</param>
public sealed record ControlGroup(double Share = .02, int RenewedEveryDays = 91)
{
    /// <summary>The salt of the draw that holds on a local day.</summary>
    public string SaltOn(DateOnly day) => string.Create(
        CultureInfo.InvariantCulture, $"control/{RenewedEveryDays}/{day.DayNumber / RenewedEveryDays}");

    /// <summary>Whether a customer is in it on a local day.</summary>
    public bool Contains(CustomerId customer, DateOnly day) => Assignment.IsHeldOut(SaltOn(day), customer, Share);
}
