namespace ClvOrleans.Reports.Noise;

/// <summary>A month in which a buyer bought.</summary>
/// <param name="Since">Months since that of the first order.</param>
/// <param name="IsActive">Whether it counts as a month in which they came back.</param>
/// <param name="Revenue">What it counts for, in minor units, at least 0.</param>
public readonly record struct ReleasedMonth(int Since, bool IsActive, long Revenue);
