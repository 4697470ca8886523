namespace ClvOrleans.Valuation.Levels;

/// <summary>How far the store's level may be off over a horizon.</summary>
/// <param name="Days">The horizon.</param>
/// <param name="Error">The distribution.</param>
public sealed record HorizonError(int Days, LevelError Error);
