using ClvOrleans.Domain.Customers;
using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Experiments;

/// <summary>
/// Who is in which arm, or held out: a stable hash of a salt and the customer (<see cref="Allocation.PlaceOf"/> of
/// <see cref="CustomerId.ToText"/>), equal on all machines and versions. Experiments, holdouts of policies, the global control group and
/// drawn decisions all ask here; each has a salt of its own, so that one says nothing of another.
/// </summary>
/// <remarks>
/// The hash is of an identity, and a visitor who becomes a customer gets another place. What has been done to somebody is kept and stays:
/// the arm of the first exposure, and a decision that was held out.
/// </remarks>
public static class Assignment
{
    /// <summary>The salt of an experiment that states none.</summary>
    public static string SaltOf(ExperimentId experiment) => $"experiment/{experiment}";

    /// <summary>The place of a customer: 0 to 999,999 of <see cref="Allocation.Places"/>.</summary>
    /// <inheritdoc cref="Allocation.PlaceOf" path="/exception" />
    public static int PlaceOf(string salt, CustomerId customer) => Allocation.PlaceOf(salt, customer.ToText());

    /// <summary>Whether a customer is among the held-out: the first places of the line are.</summary>
    /// <param name="salt">What tells this holdout from others.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="share">Part of the customers that is held out, 0 to 1, to the millionth.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not from 0 to 1.</exception>
    public static bool IsHeldOut(string salt, CustomerId customer, double share) => share is >= 0 and <= 1
        ? PlaceOf(salt, customer) < Math.Round(share * Allocation.Places)
        : throw new ArgumentOutOfRangeException(nameof(share), share, "It must be from 0 to 1.");

    /// <summary>A number from 0 to below 1 for a unit, such as one occasion of one customer: the draw of a randomised decision.</summary>
    /// <param name="salt">What tells this draw from others.</param>
    /// <param name="unit">What is drawn for.</param>
    public static double DrawOf(string salt, string unit) => Allocation.PlaceOf(salt, unit) / (double)Allocation.Places;

    /// <summary>The arm of a customer.</summary>
    public static string ArmOf(string salt, CustomerId customer, Allocation allocation) => allocation.ArmOf(salt, customer.ToText());
}
